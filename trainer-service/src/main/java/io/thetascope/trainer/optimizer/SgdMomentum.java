package io.thetascope.trainer.optimizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.thetascope.trainer.network.Torch;
import java.util.Map;

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
        return new Descent(momentum, weightsP, owner.zeros(weightsP.getShape(), weightsP.getDataType()));
    }

    private record Descent(double momentum, NDArray weightsP, NDArray velocityP) implements Update {
        @Override
        public void apply(long from, long to, NDArray gradientN, long step, double learningRate) {
            try (NDArray weights = Torch.range(weightsP, from, to);
                    NDArray velocity = Torch.range(velocityP, from, to)) {
                velocity.muli(momentum).addi(gradientN);
                try (NDArray change = velocity.mul(learningRate)) {
                    weights.subi(change);
                }
            }
        }

        @Override
        public Map<String, NDArray> state() {
            return Map.of("velocity", velocityP);
        }
    }
}
