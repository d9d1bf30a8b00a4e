package io.thetascope.perturbation.retraining;

import io.thetascope.contracts.event.RunFinished;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.run.RunOutcome;
import io.thetascope.contracts.run.RunResult;
import io.thetascope.contracts.run.StoredCheckpoint;
import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a parent ended, as far as its children care. */
sealed interface ParentEnding {
    /**
     * It finished.
     *
     * @param last its final checkpoint
     */
    record Finished(StoredCheckpoint last) implements ParentEnding {}

    /**
     * Its children cannot start, for now or for good.
     *
     * @param reason says so
     */
    record NoStart(String reason) implements ParentEnding {}

    /** Reads the authority on a run. */
    static ParentEnding of(RunResult result) {
        Optional<StoredCheckpoint> last =
                result.checkpoints().stream().max(Comparator.comparing(StoredCheckpoint::step));
        return of(result.runId(), result.outcome(), result.reason(), last.orElse(null));
    }

    /** Reads a fact about a run that left no result. */
    static ParentEnding of(RunFinished fact) {
        return of(fact.runId(), fact.outcome(), fact.reason(), fact.last());
    }

    private static ParentEnding of(
            RunId parent, RunOutcome outcome, @Nullable String reason, @Nullable StoredCheckpoint last) {
        if (outcome != RunOutcome.FINISHED) {
            String because = reason == null ? "" : ": " + reason;
            return new NoStart("parent " + parent + " " + word(outcome) + because);
        }
        return last == null
                ? new NoStart("parent " + parent + " finished without a final checkpoint; train it again")
                : new Finished(last);
    }

    private static String word(RunOutcome outcome) {
        return switch (outcome) {
            case FINISHED -> "finished";
            case DIVERGED -> "diverged";
            case FAILED -> "failed";
            case CANCELLED -> "was cancelled";
            case SKIPPED -> "was skipped";
            case UNKNOWN -> "ended in a way unknown here";
        };
    }
}
