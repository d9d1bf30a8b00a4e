package io.thetascope.contracts.run;

import io.thetascope.contracts.identity.Attempt;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.identity.Step;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The authority on a run that ended for good ({@code runs/{id}/result.json}).
 *
 * @param runId whose result this is
 * @param attempt that ended it
 * @param outcome finished or diverged
 * @param reason why it diverged; absent for finished
 * @param checkpoints the lineage, ascending by step
 * @param epochs the figures after every epoch, epoch 0 first
 * @param environment where it was computed
 * @param earlierEnvironments where parts of it were computed before it was resumed, if the fingerprint was another there; a
 *     run that has any is not covered by the promise of equal bits
 */
public record RunResult(
        RunId runId,
        Attempt attempt,
        RunOutcome outcome,
        @Nullable String reason,
        List<StoredCheckpoint> checkpoints,
        List<EpochFigures> epochs,
        Environment environment,
        List<Environment> earlierEnvironments) {
    public RunResult {
        if (!outcome.forGood()) {
            throw new IllegalArgumentException("only finished and diverged runs have a result: " + outcome);
        }
        checkpoints = List.copyOf(checkpoints);
        epochs = List.copyOf(epochs);
        // results written before runs could be resumed do not name it
        earlierEnvironments = earlierEnvironments == null ? List.of() : List.copyOf(earlierEnvironments);
    }

    /** A result that was computed in one environment. */
    public RunResult(
            RunId runId,
            Attempt attempt,
            RunOutcome outcome,
            @Nullable String reason,
            List<StoredCheckpoint> checkpoints,
            List<EpochFigures> epochs,
            Environment environment) {
        this(runId, attempt, outcome, reason, checkpoints, epochs, environment, List.of());
    }

    /** Returns the checkpoint at a step, if that step was kept. */
    public Optional<StoredCheckpoint> checkpointAt(Step step) {
        return checkpoints.stream().filter(c -> c.step().equals(step)).findFirst();
    }
}
