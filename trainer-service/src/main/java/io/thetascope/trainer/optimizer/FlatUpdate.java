package io.thetascope.trainer.optimizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.thetascope.trainer.network.FlatWeights;
import io.thetascope.trainer.network.Torch;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One optimizer step over all parameters, stretch by stretch. */
public final class FlatUpdate {
    private final List<Stretch> stretches;
    private final NDArray weightsP;
    private final double weightDecay;
    private final Optimizer.Update update;
    private final Optional<Evidence> evidence;

    /** Binds the rule to the weights; its buffers live as long as the owner. */
    public FlatUpdate(NDManager owner, Optimizer optimizer, FlatWeights weights, Optional<Evidence> evidence) {
        this(
                owner,
                optimizer,
                weights,
                evidence,
                Stretch.longestOn(weights.flat().getDevice()));
    }

    FlatUpdate(NDManager owner, Optimizer optimizer, FlatWeights weights, Optional<Evidence> evidence, long stretch) {
        this.stretches = Stretch.cut(weights.parameters(), stretch);
        this.weightsP = weights.flat();
        this.weightDecay = optimizer.weightDecay();
        this.update = optimizer.over(owner, weightsP);
        this.evidence = evidence;
    }

    /**
     * Updates the weights in place.
     *
     * @param gradients one a parameter, in checkpoint order; they may be overwritten
     * @param step from 1
     * @param learningRate of this step
     */
    public void apply(List<NDArray> gradients, long step, double learningRate) {
        for (Stretch stretch : stretches) {
            try (NDArray gradient = stretch.gather(gradients)) {
                decay(stretch, gradient);
                if (evidence.isEmpty()) {
                    update.apply(stretch.from(), stretch.to(), gradient, step, learningRate);
                } else {
                    watched(evidence.get(), stretch, gradient, step, learningRate);
                }
            }
        }
    }

    // coupled, as PyTorch's SGD and Adam have it: λθ is added to the gradient
    private void decay(Stretch stretch, NDArray gradient) {
        if (weightDecay != 0) {
            try (NDArray weights = Torch.range(weightsP, stretch.from(), stretch.to());
                    NDArray decay = weights.mul(weightDecay)) {
                gradient.addi(decay);
            }
        }
    }

    private void watched(Evidence bits, Stretch stretch, NDArray gradient, long step, double learningRate) {
        bits.gradient(stretch.from(), stretch.to(), gradient);
        try (NDArray weights = Torch.range(weightsP, stretch.from(), stretch.to());
                NDArray before = weights.duplicate()) {
            update.apply(stretch.from(), stretch.to(), gradient, step, learningRate);
            bits.values(stretch.from(), stretch.to(), before, weights);
        }
    }

    /** Returns the optimizer's buffers by name, each as long as the weights. */
    public Map<String, NDArray> state() {
        return update.state();
    }
}
