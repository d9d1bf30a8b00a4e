package io.thetascope.trainer.network;

import ai.djl.ndarray.NDArray;
import io.thetascope.networks.BatchNorm2d;
import io.thetascope.networks.Buffer;
import java.util.List;

/**
 * Batch normalisation as PyTorch's {@code BatchNorm2d}: in training by the batch's mean and biased variance, while the running
 * mean and the running unbiased variance move towards the batch's by the momentum; in evaluation by the running ones.
 *
 * @param layer normalised
 * @param mean running, updated in place
 * @param variance running, updated in place
 * @param batches the name of the count
 * @param statistics that hold them
 */
record BatchNormOperation(
        BatchNorm2d layer, NDArray mean, NDArray variance, String batches, RunningStatistics statistics)
        implements LayerOperation {
    static BatchNormOperation of(BatchNorm2d layer, RunningStatistics statistics) {
        List<String> names = layer.buffers().stream().map(Buffer::name).toList();
        return new BatchNormOperation(
                layer, statistics.tensor(names.get(0)), statistics.tensor(names.get(1)), names.get(2), statistics);
    }

    @Override
    public NDArray apply(List<NDArray> inputs, List<NDArray> parameters, Pass pass) {
        boolean training = pass instanceof Pass.Training;
        if (training) {
            statistics.countBatch(batches);
        }
        return Torch.batchNorm(
                inputs.get(0), new Torch.Affine(parameters.get(0), parameters.get(1)), mean, variance, layer, training);
    }
}
