package io.thetascope.trainer.training;

import io.thetascope.contracts.identity.Step;
import io.thetascope.contracts.run.TrainingSchedule;

/**
 * How far a training is.
 *
 * @param epoch under way; 0 while the starting point is looked at
 * @param batches of it that are done: all of them while the epoch is evaluated
 */
public record Position(int epoch, int batches) {
    /** Before anything. */
    public static final Position START = new Position(0, 0);

    public Position {
        if (epoch < 0 || batches < 0 || (epoch == 0 && batches > 0)) {
            throw new IllegalArgumentException("no position: epoch " + epoch + ", batches " + batches);
        }
    }

    Position afterBatch() {
        return new Position(epoch, batches + 1);
    }

    Position afterEpoch() {
        return new Position(epoch + 1, 0);
    }

    /** Returns the optimizer steps done. */
    public Step step(TrainingSchedule schedule) {
        return epoch == 0 ? Step.START : new Step((long) (epoch - 1) * schedule.stepsPerEpoch() + batches);
    }
}
