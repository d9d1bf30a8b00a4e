package io.thetascope.trainer.run;

import io.thetascope.contracts.run.RunOutcome;
import io.thetascope.contracts.run.StoredCheckpoint;
import java.util.OptionalDouble;
import java.util.function.Supplier;

/** Told how trainings get on, on the training's thread; every call must be quick and throw nothing of its own. */
public interface TrainingListener {
    /** Tells nobody. */
    TrainingListener NONE = new TrainingListener() {};

    /** Why training stands still. */
    enum Stall {
        CHECKPOINT,
        RESUME_POINT
    }

    /** A training is prepared. */
    default void begins() {}

    /** Batches are done. */
    default void trained(long steps, long images) {}

    /** An epoch is over; the rate, in images a second, is absent for the starting point. */
    default void epoch(OptionalDouble imagesPerSecond) {}

    /** Does work for which the training stands still. */
    default void stands(Stall cause, Runnable work) {
        work.run();
    }

    /** Does the work of storing a checkpoint. */
    default StoredCheckpoint stores(Supplier<StoredCheckpoint> work) {
        return work.get();
    }

    /** A training is over, whatever became of its run. */
    default void ends() {}

    /** This process ended a run; not called for one that had ended before. */
    default void runEnded(RunOutcome outcome) {}
}
