package io.thetascope.contracts.run;

import io.thetascope.contracts.identity.Step;
import org.jspecify.annotations.Nullable;

/**
 * How a run stood after an epoch; epoch 0 is the starting point.
 *
 * @param epoch from 0
 * @param step optimizer steps done
 * @param train running means over the epoch; at epoch 0 an evaluation of the starting point
 * @param test evaluated after the epoch
 * @param validation evaluated after the epoch on the training images that were held back; absent where none were
 */
public record EpochFigures(
        int epoch,
        Step step,
        Figures train,
        Figures test,
        @Nullable Figures validation) {
    /** Figures of a run that holds no training images back. */
    public EpochFigures(int epoch, Step step, Figures train, Figures test) {
        this(epoch, step, train, test, null);
    }
}
