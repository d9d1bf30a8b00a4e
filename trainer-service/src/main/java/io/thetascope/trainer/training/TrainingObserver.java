package io.thetascope.trainer.training;

import io.thetascope.contracts.identity.Step;
import io.thetascope.contracts.run.EpochFigures;
import io.thetascope.trainer.network.FlatWeights;
import java.util.OptionalDouble;

/** Who keeps what a training yields. Called between steps, on the training's thread; what it throws ends the training. */
public interface TrainingObserver {
    /** These are the weights after a step that the schedule keeps. They change as soon as this returns. */
    void checkpoint(Step step, int epoch, FlatWeights weights);

    /** An epoch is over; the rate, in images a second, is absent for the starting point. */
    void epoch(EpochFigures figures, OptionalDouble imagesPerSecond);
}
