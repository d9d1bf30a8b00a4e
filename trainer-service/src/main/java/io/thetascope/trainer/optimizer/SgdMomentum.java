package io.thetascope.trainer.optimizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.thetascope.trainer.network.Torch;

/**
 * Stochastic gradient descent as {@code torch.optim.SGD} computes it: g ← g + λθ; v ← g at the first step, then v ← μv + g;
 * θ ← θ − η v. No dampening, no Nesterov.
 *
 * @param momentum μ, at least 0
 * @param weightDecay λ, coupled
 */
public record SgdMomentum(double momentum, double weightDecay) implements Optimizer {
    public SgdMomentum {
        if (!(momentum >= 0) || !(weightDecay >= 0)) {
            throw new IllegalArgumentException(
                    "momentum and weightDecay must be >= 0: " + momentum + ", " + weightDecay);
        }
    }

    @Override
    public Update over(NDManager owner, NDArray weightsP) {
        // with v = 0 before the first step, μv + g is g: the first step needs no case of its own
        NDArray velocityP = owner.zeros(weightsP.getShape(), weightsP.getDataType());
        return (from, to, gradient, step, learningRate) -> {
            try (NDArray weights = Torch.range(weightsP, from, to);
                    NDArray velocity = Torch.range(velocityP, from, to)) {
                CoupledDecay.add(weightDecay, weights, gradient);
                velocity.muli(momentum).addi(gradient);
                try (NDArray change = velocity.mul(learningRate)) {
                    weights.subi(change);
                }
            }
        };
    }
}
