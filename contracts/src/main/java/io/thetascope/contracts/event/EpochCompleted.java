package io.thetascope.contracts.event;

import io.thetascope.contracts.identity.Attempt;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.run.EpochFigures;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An epoch of a run is over; epoch 0 is the starting point.
 *
 * @param runId the run
 * @param attempt that trained it
 * @param figures loss and accuracy
 * @param imagesPerSecond trained; absent at epoch 0
 */
public record EpochCompleted(
        RunId runId,
        Attempt attempt,
        EpochFigures figures,
        @Nullable Double imagesPerSecond) implements Event {
    @Override
    public Topic topic() {
        return Topic.EPOCHS;
    }

    @Override
    public String key() {
        return runId.value();
    }

    @Override
    public List<Object> distinction() {
        return List.of(attempt, "epoch", figures.epoch());
    }
}
