package io.thetascope.trainer.network;

/** What a forward pass is for; layers that behave differently in training ask. */
public sealed interface Pass {
    /** The running statistics normalise, nothing is dropped, nothing is kept. */
    Pass EVALUATION = new Evaluating();

    /** Returns the pass of an optimizer step, counted from 1. */
    static Pass training(long step) {
        return new Training(step);
    }

    /**
     * The batch's own statistics normalise and are kept; dropout drops.
     *
     * @param step decides the dropout masks; from 1
     */
    record Training(long step) implements Pass {
        public Training {
            if (step < 1) {
                throw new IllegalArgumentException("steps count from 1: " + step);
            }
        }
    }

    /** Without effect on anything. */
    record Evaluating() implements Pass {}
}
