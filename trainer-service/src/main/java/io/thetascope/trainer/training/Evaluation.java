package io.thetascope.trainer.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.thetascope.contracts.run.Figures;
import io.thetascope.trainer.data.DeviceImages;
import io.thetascope.trainer.data.DeviceImages.Batch;
import io.thetascope.trainer.network.FlatWeights;
import io.thetascope.trainer.network.ForwardPass;

/**
 * Loss and accuracy of the weights as they are, over a whole set, without gradients.
 *
 * @param owner of what it needs for a while
 * @param forward pass of the network
 * @param weights current
 * @param type of the numbers
 */
record Evaluation(NDManager owner, ForwardPass forward, FlatWeights weights, DataType type) {
    /** Images at once: activations of more leave the cache, and LeNet is half as fast with a thousand. */
    private static final int BATCH = 128;

    Figures of(DeviceImages set) {
        int batches = (set.count() + BATCH - 1) / BATCH;
        try (BatchFigures figures = new BatchFigures(owner, batches, type)) {
            for (int from = 0; from < set.count(); from += BATCH) {
                evaluate(set, from, Math.min(set.count(), from + BATCH), figures);
            }
            return figures.figures();
        }
    }

    private void evaluate(DeviceImages set, int from, int to, BatchFigures figures) {
        try (NDManager scope = owner.newSubManager()) {
            Batch batch = set.range(scope, from, to);
            NDArray logitsBC = forward.logits(batch.imagesBCHW(), weights.views());
            figures.record(batch, logitsBC, CrossEntropy.mean(logitsBC, batch.labelsB1()));
        }
    }
}
