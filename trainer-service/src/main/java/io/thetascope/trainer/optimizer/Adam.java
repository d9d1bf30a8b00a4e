package io.thetascope.trainer.optimizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.thetascope.trainer.network.Torch;
import java.util.Map;

/**
 * Adam as {@code torch.optim.Adam} computes it: m ← m + (1−β₁)(g−m); v ← β₂v + (1−β₂)g²; θ ← θ − η/(1−β₁ᵗ) · m /
 * (√v/√(1−β₂ᵗ) + ε). The ε is outside the corrected root.
 *
 * @param beta1 decay of the first moment, in [0, 1)
 * @param beta2 decay of the second moment, in [0, 1)
 * @param epsilon added to the corrected root
 * @param weightDecay λ, coupled
 */
public record Adam(double beta1, double beta2, double epsilon, double weightDecay) implements Optimizer {
    public Adam {
        if (!(beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1)) {
            throw new IllegalArgumentException("betas must be within [0, 1): " + beta1 + ", " + beta2);
        }
        if (!(epsilon >= 0) || !(weightDecay >= 0)) {
            throw new IllegalArgumentException("epsilon and weightDecay must be >= 0: " + epsilon + ", " + weightDecay);
        }
    }

    @Override
    public Update over(NDManager owner, NDArray weightsP) {
        return new Descent(
                this,
                weightsP,
                owner.zeros(weightsP.getShape(), weightsP.getDataType()),
                owner.zeros(weightsP.getShape(), weightsP.getDataType()));
    }

    private record Descent(Adam adam, NDArray weightsP, NDArray firstMomentP, NDArray secondMomentP) implements Update {
        @Override
        public void apply(long from, long to, NDArray gradientN, long step, double learningRate) {
            try (NDArray weights = Torch.range(weightsP, from, to);
                    NDArray first = Torch.range(firstMomentP, from, to);
                    NDArray second = Torch.range(secondMomentP, from, to)) {
                accumulate(first, second, gradientN);
                descend(weights, first, second, step, learningRate);
            }
        }

        private void accumulate(NDArray first, NDArray second, NDArray gradient) {
            try (NDArray towards = gradient.sub(first)) {
                first.addi(towards.muli(1 - adam.beta1));
            }
            try (NDArray square = gradient.mul(gradient)) {
                second.muli(adam.beta2).addi(square.muli(1 - adam.beta2));
            }
        }

        private void descend(NDArray weights, NDArray first, NDArray second, long step, double learningRate) {
            double rate = learningRate / (1 - Math.pow(adam.beta1, (double) step));
            double correction = Math.sqrt(1 - Math.pow(adam.beta2, (double) step));
            try (NDArray root = second.sqrt();
                    NDArray change = first.div(root.divi(correction).addi(adam.epsilon))) {
                weights.subi(change.muli(rate));
            }
        }

        @Override
        public Map<String, NDArray> state() {
            return Map.of("first_moment", firstMomentP, "second_moment", secondMomentP);
        }
    }
}
