package io.thetascope.gateway.report;

import io.thetascope.contracts.identity.Attempt;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.run.Environment;
import io.thetascope.contracts.run.EpochFigures;
import io.thetascope.contracts.run.StoredCheckpoint;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one run.
 *
 * @param runId the run
 * @param state one of {@link #STATES}
 * @param reason why, for a run that ended without being finished
 * @param epochs at most one an epoch, epoch 0 included where known
 * @param checkpoints at most one a step
 * @param environment where it was computed; absent before it started
 * @param earlierEnvironments where earlier parts were computed that round otherwise; empty for a run of one environment
 * @param attempt the latest; absent before it started
 * @param startedAt of the latest attempt
 * @param finishedAt when it ended
 * @param imagesPerSecond mean over the epochs trained; absent where unknown
 */
public record RunHistory(
        RunId runId,
        String state,
        @Nullable String reason,
        List<EpochFigures> epochs,
        List<StoredCheckpoint> checkpoints,
        @Nullable Environment environment,
        List<Environment> earlierEnvironments,
        @Nullable Attempt attempt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable Double imagesPerSecond) {
    /** The states of a run as the HTTP API names them, in the order in which a run can pass them. */
    public static final List<String> STATES =
            List.of("waiting", "queued", "running", "finished", "diverged", "failed", "cancelled", "skipped");

    public RunHistory {
        if (!STATES.contains(state)) {
            throw new IllegalArgumentException("a run is one of " + STATES + ": " + state);
        }
        epochs = epochs.stream()
                .sorted(Comparator.comparingInt(EpochFigures::epoch))
                .toList();
        checkpoints = checkpoints.stream()
                .sorted(Comparator.comparing(StoredCheckpoint::step))
                .toList();
        earlierEnvironments = List.copyOf(earlierEnvironments);
    }

    /** Returns a run of which nothing has been heard. */
    public static RunHistory unheard(RunId runId) {
        return new RunHistory(runId, "waiting", null, List.of(), List.of(), null, List.of(), null, null, null, null);
    }
}
