package io.thetascope.trainer.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.thetascope.contracts.run.Figures;
import io.thetascope.trainer.data.DeviceImages;
import io.thetascope.trainer.data.DeviceImages.Batch;
import io.thetascope.trainer.network.ForwardPass;
import io.thetascope.trainer.network.NetworkState;
import io.thetascope.trainer.network.Pass;
import java.util.Optional;

/**
 * Loss and accuracy of the weights as they are, over a whole set, without gradients.
 *
 * @param owner of what it needs for a while
 * @param forward pass of the network
 * @param state current
 * @param type of the numbers
 */
record Evaluation(NDManager owner, ForwardPass forward, NetworkState state, DataType type) {
    /** Images at once: activations of more leave the cache, and LeNet is half as fast with a thousand. */
    private static final int BATCH = 128;

    /** Evaluates a set; empty when the signal was raised on the way. */
    Optional<Figures> of(DeviceImages set, StopSignal stop) {
        int[] sizes = new int[(set.count() + BATCH - 1) / BATCH];
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = Math.min(BATCH, set.count() - i * BATCH);
        }
        try (BatchFigures figures = new BatchFigures(owner, sizes, type)) {
            for (int i = 0; i < sizes.length; i++) {
                if (stop.raised()) {
                    return Optional.empty();
                }
                evaluate(set, i * BATCH, i * BATCH + sizes[i], figures);
            }
            return Optional.of(figures.figures());
        }
    }

    private void evaluate(DeviceImages set, int from, int to, BatchFigures figures) {
        try (NDManager scope = owner.newSubManager()) {
            Batch batch = set.range(scope, from, to);
            NDArray logitsBC =
                    forward.logits(batch.imagesBCHW(), state.weights().views(), Pass.EVALUATION);
            figures.record(batch, logitsBC, CrossEntropy.mean(logitsBC, batch.labelsB1()));
        }
    }
}
