package io.thetascope.trainer.optimizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/** An update rule. Element-wise, so it may be applied stretch by stretch of the flat tensors. */
public interface Optimizer {
    /** Returns a rule with a fresh state, whose buffers belong to the given manager and match these weights. */
    Update over(NDManager owner, NDArray weightsP);

    /** The rule bound to a weight tensor and its own buffers. */
    interface Update {
        /**
         * Updates the elements {@code from} to {@code to} of the weights in place.
         *
         * @param gradientN of these elements; it may be overwritten
         * @param step from 1
         * @param learningRate of this step
         */
        void apply(long from, long to, NDArray gradientN, long step, double learningRate);
    }
}
