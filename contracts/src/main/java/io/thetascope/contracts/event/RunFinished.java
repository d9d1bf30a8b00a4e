package io.thetascope.contracts.event;

import io.thetascope.contracts.identity.Attempt;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.run.ArtifactRef;
import io.thetascope.contracts.run.RunOutcome;
import io.thetascope.contracts.run.StoredCheckpoint;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A run ended, one way or the other.
 *
 * @param runId the run
 * @param attempt that ended it; {@code start} where it was never attempted
 * @param outcome finished, diverged, failed, cancelled or skipped
 * @param reason why, for all but finished
 * @param last the final checkpoint of a finished run
 * @param result the run's result.json, for finished and diverged
 * @param finishedAt when
 */
public record RunFinished(
        RunId runId,
        Attempt attempt,
        RunOutcome outcome,
        @Nullable String reason,
        @Nullable StoredCheckpoint last,
        @Nullable ArtifactRef result,
        Instant finishedAt)
        implements Event {
    @Override
    public Topic topic() {
        return Topic.RUNS;
    }

    @Override
    public String key() {
        return runId.value();
    }

    @Override
    public List<Object> distinction() {
        // what no worker tried can end so again after it waited again: that is no repetition
        return attempt.equals(Attempt.START)
                ? List.of(attempt, "finished", outcome, finishedAt)
                : List.of(attempt, "finished", outcome);
    }
}
