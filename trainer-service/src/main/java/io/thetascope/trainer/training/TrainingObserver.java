package io.thetascope.trainer.training;

import io.thetascope.contracts.identity.Step;
import io.thetascope.contracts.run.EpochFigures;
import io.thetascope.trainer.network.NetworkState;
import io.thetascope.trainer.optimizer.Evidence;
import java.util.Optional;
import java.util.OptionalDouble;

/** Who keeps what a training yields. Called between steps, on the training's thread; what it throws ends the training. */
public interface TrainingObserver {
    /**
     * This is the state after a step that the schedule keeps. It changes as soon as this returns.
     *
     * @param evidence up to this step, where it is kept
     */
    void checkpoint(Step step, int epoch, NetworkState state, Optional<Evidence> evidence);

    /** An epoch is over; the rate, in images a second, is absent for the starting point. */
    void epoch(EpochFigures figures, OptionalDouble imagesPerSecond);

    /** The training stands between two batches, and could go on from here. The view is good until this returns. */
    void between(Snapshot snapshot);
}
