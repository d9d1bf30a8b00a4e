package io.thetascope.analyzer.function;

import io.thetascope.analyzer.features.FeatureModel;
import io.thetascope.analyzer.features.ImageBatches;
import io.thetascope.analyzer.features.NetworkSession;
import io.thetascope.artifacts.safetensors.SafetensorsFile;
import io.thetascope.artifacts.safetensors.SafetensorsHeader;
import io.thetascope.measures.function.CumulativeStatistics;
import io.thetascope.networks.BatchNorm2d;
import io.thetascope.networks.Buffer;
import io.thetascope.networks.NetworkDescription;
import io.thetascope.onnx.BatchStatisticsModel;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Recomputes the running statistics of BatchNorms for weights that were never trained with them, as PyTorch's {@code
 * torch.optim.swa_utils.update_bn} does: the network in training mode over whole batches in their order, dropout off; the running
 * mean is the average of the batches' means, the running variance that of their unbiased variances.
 */
public final class NormStatistics {
    private final FeatureModel model;

    /** Runs networks with this. */
    public NormStatistics(FeatureModel model) {
        this.model = model;
    }

    /** Whether a network has statistics. */
    public static boolean exist(NetworkDescription network) {
        return !BatchStatisticsModel.norms(network).isEmpty();
    }

    /**
     * Writes a copy of a checkpoint with the statistics of these images; of a network without BatchNorm a plain copy.
     *
     * @param network whose checkpoint it is
     * @param checkpoint the file with the weights
     * @param header of that file
     * @param statistics {@link ImageBatches#whole whole batches} of the images
     * @param target where the copy will be, beside nothing of that name; its folder exists
     * @throws io.thetascope.measures.NotMeasurableException with a batch of fewer than two values a channel
     */
    public void write(
            NetworkDescription network,
            Path checkpoint,
            SafetensorsHeader header,
            ImageBatches statistics,
            Path target) {
        Map<BatchNorm2d, CumulativeStatistics> recomputed = recompute(network, checkpoint, header, statistics);
        Map<String, RewrittenCheckpoint.Values> replaced = new HashMap<>();
        recomputed.forEach((norm, cumulative) -> replace(norm, cumulative, replaced));
        try (SafetensorsFile file = SafetensorsFile.open(checkpoint)) {
            RewrittenCheckpoint.write(target, file, replaced);
        }
    }

    private Map<BatchNorm2d, CumulativeStatistics> recompute(
            NetworkDescription network, Path checkpoint, SafetensorsHeader header, ImageBatches statistics) {
        Map<BatchNorm2d, CumulativeStatistics> recomputed = new LinkedHashMap<>();
        for (BatchNorm2d norm : BatchStatisticsModel.norms(network)) {
            recomputed.put(norm, new CumulativeStatistics(norm.inputShape().channels()));
        }
        if (recomputed.isEmpty()) {
            return recomputed;
        }
        try (NetworkSession session = model.openStatistics(network, checkpoint, header)) {
            statistics.forEach((batch, from, count) -> {
                try (NetworkSession.Outputs outputs = session.run(batch, count)) {
                    recomputed.forEach((norm, cumulative) -> add(cumulative, norm, outputs, count));
                }
            });
        }
        return recomputed;
    }

    private static void add(
            CumulativeStatistics cumulative, BatchNorm2d norm, NetworkSession.Outputs outputs, int images) {
        long pixels = norm.inputShape().size() / norm.inputShape().channels();
        cumulative.add(array(outputs.mean(norm)), array(outputs.variance(norm)), images * pixels);
    }

    private static float[] array(FloatBuffer copy) {
        float[] values = new float[copy.remaining()];
        copy.get(values);
        return values;
    }

    private static void replace(
            BatchNorm2d norm, CumulativeStatistics cumulative, Map<String, RewrittenCheckpoint.Values> replaced) {
        List<Buffer> buffers = norm.buffers();
        float[] mean = cumulative.meanC();
        float[] variance = cumulative.varianceC();
        replaced.put(buffers.get(0).name(), (tensor, writer) -> writer.writeFloats(tensor.name(), mean));
        replaced.put(buffers.get(1).name(), (tensor, writer) -> writer.writeFloats(tensor.name(), variance));
        replaced.put(buffers.get(2).name(), (tensor, writer) -> writer.writeLongs(tensor.name(), cumulative.batches()));
    }
}
