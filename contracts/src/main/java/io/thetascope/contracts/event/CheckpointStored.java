package io.thetascope.contracts.event;

import io.thetascope.contracts.identity.Attempt;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.run.StoredCheckpoint;
import java.time.Instant;
import java.util.List;

/**
 * The weights of a run at a step are in the object store.
 *
 * @param runId the run
 * @param attempt that wrote them; {@code start} for what the perturbation service wrote
 * @param checkpoint where they are
 * @param storedAt when
 */
public record CheckpointStored(RunId runId, Attempt attempt, StoredCheckpoint checkpoint, Instant storedAt)
        implements Event {
    @Override
    public Topic topic() {
        return Topic.CHECKPOINTS;
    }

    @Override
    public String key() {
        return runId.value();
    }

    @Override
    public List<Object> distinction() {
        return List.of(attempt, "step", checkpoint.step());
    }
}
