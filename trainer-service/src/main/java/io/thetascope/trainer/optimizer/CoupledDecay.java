package io.thetascope.trainer.optimizer;

import ai.djl.ndarray.NDArray;

/** Weight decay as PyTorch's SGD and Adam have it: λθ is added to the gradient. */
final class CoupledDecay {
    private CoupledDecay() {}

    static void add(double lambda, NDArray weights, NDArray gradient) {
        if (lambda != 0) {
            try (NDArray decay = weights.mul(lambda)) {
                gradient.addi(decay);
            }
        }
    }
}
