package io.thetascope.contracts.event;

import io.thetascope.contracts.identity.Attempt;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.identity.Step;
import io.thetascope.contracts.run.Environment;
import java.time.Instant;
import java.util.List;

/**
 * A worker took a run and trains it.
 *
 * @param runId the run
 * @param attempt the acquisition
 * @param worker who
 * @param fromStep 0, or the step of the resume point it goes on from
 * @param environment where it is computed
 * @param startedAt when
 */
public record RunStarted(
        RunId runId, Attempt attempt, String worker, Step fromStep, Environment environment, Instant startedAt)
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
        return List.of(attempt, "started");
    }
}
