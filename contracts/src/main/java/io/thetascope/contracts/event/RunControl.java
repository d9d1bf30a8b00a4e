package io.thetascope.contracts.event;

import io.thetascope.contracts.identity.RunId;
import java.util.List;

/**
 * Whether any study still wants this run; the latest value of every key counts.
 *
 * @param runId the run
 * @param wanted false when no study wants it any more
 * @param revision grows with every change
 */
public record RunControl(RunId runId, boolean wanted, long revision) implements Event {
    @Override
    public Topic topic() {
        return Topic.RUN_CONTROL;
    }

    @Override
    public String key() {
        return runId.value();
    }

    @Override
    public List<Object> distinction() {
        return List.of(revision);
    }
}
