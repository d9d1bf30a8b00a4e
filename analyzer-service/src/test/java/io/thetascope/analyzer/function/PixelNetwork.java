package io.thetascope.analyzer.function;

import io.thetascope.artifacts.safetensors.DType;
import io.thetascope.artifacts.safetensors.SafetensorsWriter;
import io.thetascope.artifacts.safetensors.TensorSpec;
import io.thetascope.contracts.run.InputShape;
import io.thetascope.networks.BatchNorm2d;
import io.thetascope.networks.NetworkBuilder;
import io.thetascope.networks.NetworkDescription;
import io.thetascope.networks.StateTensor;
import io.thetascope.networks.Window;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * A network that treats every pixel alike until it averages them, two BatchNorms in it, with weights of its own: small enough to be
 * written out in double beside it.
 */
final class PixelNetwork {
    static final NetworkDescription NETWORK = new NetworkBuilder("pixels", new InputShape(2, 3, 3))
            .unbiasedConv("conv1", 4, new Window(1, 1, 0))
            .batchNorm("bn1")
            .relu("relu1")
            .unbiasedConv("conv2", 3, new Window(1, 1, 0))
            .batchNorm("bn2")
            .relu("relu2")
            .adaptiveAvgPool("avgpool", 1)
            .flatten("flatten")
            .linear("fc", 5)
            .build();

    final Map<String, float[]> state = new HashMap<>();

    PixelNetwork(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (StateTensor tensor : NETWORK.state()) {
            float[] values = new float[Math.toIntExact(tensor.size())];
            boolean positive = tensor.name().endsWith("running_var");
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (positive ? random.nextDouble(0.5, 2) : random.nextDouble(-1, 1));
            }
            state.put(tensor.name(), values);
        }
    }

    float[] tensor(String name) {
        return state.getOrDefault(name, new float[0]);
    }

    /** Writes the weights and statistics as a checkpoint. */
    Path write(Path target) {
        List<TensorSpec> tensors = TensorSpec.widestFirst(
                NETWORK.state().stream().map(PixelNetwork::described).toList());
        try (SafetensorsWriter writer = SafetensorsWriter.create(target, Map.of("step", "7"), tensors)) {
            for (TensorSpec tensor : tensors) {
                if (tensor.dtype() == DType.I64) {
                    writer.writeLongs(tensor.name(), 400);
                } else {
                    writer.writeFloats(tensor.name(), tensor(tensor.name()));
                }
            }
            return writer.finish().path();
        }
    }

    private static TensorSpec described(StateTensor tensor) {
        return tensor.elementBytes() == Long.BYTES
                ? new TensorSpec(tensor.name(), DType.I64, List.of())
                : TensorSpec.f32(tensor.name(), tensor.shape().extents());
    }

    /** What the first convolution gives for pixels of all images, one pixel a row. */
    double[][] first(double[][] pixels) {
        return multiplied(pixels, "conv1.weight", 4);
    }

    /** What the second convolution gives where the first BatchNorm normalises by these. */
    double[][] second(double[][] first, double[] mean, double[] variance) {
        return multiplied(normalised(first, "bn1", mean, variance), "conv2.weight", 3);
    }

    /** Logits of an image in evaluation mode, one pixel a row. */
    double[] logits(double[][] pixels) {
        double[][] second = second(first(pixels), doubles("bn1.running_mean"), doubles("bn1.running_var"));
        double[][] last = normalised(second, "bn2", doubles("bn2.running_mean"), doubles("bn2.running_var"));
        double[] logits = doubles("fc.bias");
        for (int k = 0; k < logits.length; k++) {
            for (double[] pixel : last) {
                for (int c = 0; c < pixel.length; c++) {
                    logits[k] += pixel[c] / pixels.length * tensor("fc.weight")[k * pixel.length + c];
                }
            }
        }
        return logits;
    }

    private double[] doubles(String name) {
        float[] values = tensor(name);
        return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
    }

    private double[][] multiplied(double[][] pixels, String weight, int filters) {
        return Arrays.stream(pixels)
                .map(pixel -> {
                    double[] out = new double[filters];
                    for (int f = 0; f < filters; f++) {
                        for (int c = 0; c < pixel.length; c++) {
                            out[f] += pixel[c] * tensor(weight)[f * pixel.length + c];
                        }
                    }
                    return out;
                })
                .toArray(double[][]::new);
    }

    private double[][] normalised(double[][] pixels, String norm, double[] mean, double[] variance) {
        return Arrays.stream(pixels)
                .map(pixel -> {
                    double[] out = new double[pixel.length];
                    for (int c = 0; c < pixel.length; c++) {
                        double scaled = (pixel[c] - mean[c]) / Math.sqrt(variance[c] + BatchNorm2d.DEFAULT_EPSILON);
                        out[c] = Math.max(0, scaled * tensor(norm + ".weight")[c] + tensor(norm + ".bias")[c]);
                    }
                    return out;
                })
                .toArray(double[][]::new);
    }
}
