package io.thetascope.trainer.optimizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.thetascope.trainer.network.FlatWeights;
import java.util.List;

/** One optimizer step over all parameters, stretch by stretch. */
public final class FlatUpdate {
    private final List<Stretch> stretches;
    private final Optimizer.Update update;

    /** Binds the rule to the weights; its buffers live as long as the owner. */
    public FlatUpdate(NDManager owner, Optimizer optimizer, FlatWeights weights) {
        this(owner, optimizer, weights, Stretch.MAX);
    }

    FlatUpdate(NDManager owner, Optimizer optimizer, FlatWeights weights, long stretch) {
        stretches = Stretch.cut(weights.parameters(), stretch);
        update = optimizer.over(owner, weights.flat());
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
                update.apply(stretch.from(), stretch.to(), gradient, step, learningRate);
            }
        }
    }
}
