package io.thetascope.trainer.optimizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Map;

/** An update rule. Element-wise, so it may be applied stretch by stretch of the flat tensors. */
public interface Optimizer {
    /** Returns λ of the coupled weight decay: λθ is added to the gradient before the rule sees it. */
    double weightDecay();

    /** Returns a rule with a fresh state, whose buffers belong to the given manager and match these weights. */
    Update over(NDManager owner, NDArray weightsP);

    /** The rule bound to a weight tensor and its own buffers. */
    interface Update {
        /**
         * Updates the elements {@code from} to {@code to} of the weights in place.
         *
         * @param gradientN of these elements, decay included; it may be overwritten
         * @param step from 1
         * @param learningRate of this step
         */
        void apply(long from, long to, NDArray gradientN, long step, double learningRate);

        /** Returns the buffers by name, each as long as the weights: with the step number the whole state. */
        Map<String, NDArray> state();
    }
}
