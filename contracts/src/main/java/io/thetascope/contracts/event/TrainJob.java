package io.thetascope.contracts.event;

import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.run.RunSpec;
import java.util.List;

/**
 * Train this run.
 *
 * @param runId computed from the spec
 * @param spec fully resolved
 */
public record TrainJob(RunId runId, RunSpec spec) implements Event {
    @Override
    public Topic topic() {
        return Topic.TRAIN_JOBS;
    }

    @Override
    public String key() {
        return runId.value();
    }

    @Override
    public List<Object> distinction() {
        return List.of();
    }
}
