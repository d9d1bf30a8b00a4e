package io.thetascope.trainer.optimizer;

/** The learning rate as a function of the step. */
@FunctionalInterface
public interface LearningRate {
    /** Returns the rate of a step, counted from 1. */
    double at(long step);

    /** Returns a rate that grows linearly over the first steps, to its full height at the last of them, and stays. */
    static LearningRate warmedUp(double full, long warmupSteps) {
        return step -> step < warmupSteps ? full * step / warmupSteps : full;
    }
}
