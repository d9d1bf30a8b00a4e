package io.thetascope.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OrtException;
import io.thetascope.contracts.run.InputShape;
import io.thetascope.networks.BatchNorm2d;
import io.thetascope.networks.NetworkBuilder;
import io.thetascope.networks.NetworkDescription;
import io.thetascope.networks.Networks;
import io.thetascope.networks.Window;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Oracle: {@link PlainForward}, in double, one BatchNorm after the other, each with the statistics of the batch in the place of
 * its running ones. Tolerance: max|Δ| / max|value| ≤ 1e-5.
 */
class BatchStatisticsModelTest {
    private static final double TOLERANCE = 1e-5;

    @TempDir
    Path folder;

    @Test
    void statisticsOfEveryBatchNormAreThoseOfWhatTheOnesBeforeItNormalisedByTheirOwn() throws OrtException {
        // Given
        ExampleCheckpoint checkpoint = ExampleCheckpoint.write(residual(), folder);

        // Then also for a batch of another size
        assertAgrees(checkpoint, 13);
        assertAgrees(checkpoint, 2);
    }

    @Test
    void aMeanThatIsLargeBesideTheDeviationCostsNoDigitsOfTheVariance() throws OrtException {
        // Given what a first convolution reads when images are far from normalised
        ExampleCheckpoint checkpoint = ExampleCheckpoint.write(residual(), folder);
        double[][] images = images(checkpoint.network, 7, 100);

        // Then
        Map<String, double[]> expected = expected(checkpoint, images);
        BatchNorm2d first = BatchStatisticsModel.norms(checkpoint.network).get(0);
        try (RuntimeSession session = session(checkpoint)) {
            String name = BatchStatisticsModel.variance(first);
            assertClose(name, run(session, checkpoint.network, name, images), expected, 1e-4);
        }
    }

    @Test
    void theModelEndsAtTheLastBatchNorm() throws OrtException {
        ExampleCheckpoint checkpoint = ExampleCheckpoint.write(residual(), folder);

        try (RuntimeSession session = session(checkpoint)) {
            assertThat(session.outputs())
                    .containsExactly(
                            "bn0/mean", "bn0/variance", "bn1/mean", "bn1/variance", "bn2/mean", "bn2/variance");
        }
    }

    @Test
    void refusesANetworkWithoutBatchNorm() {
        NetworkDescription lenet = Networks.named("lenet", new InputShape(1, 32, 32));
        ExampleCheckpoint checkpoint = ExampleCheckpoint.write(lenet, folder);

        assertThatThrownBy(() -> BatchStatisticsModel.of(lenet, checkpoint.header(), "checkpoint.safetensors"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no BatchNorm");
    }

    private void assertAgrees(ExampleCheckpoint checkpoint, int batch) throws OrtException {
        double[][] images = images(checkpoint.network, batch, 0);
        Map<String, double[]> expected = expected(checkpoint, images);
        try (RuntimeSession session = session(checkpoint)) {
            for (BatchNorm2d norm : BatchStatisticsModel.norms(checkpoint.network)) {
                for (String name : List.of(BatchStatisticsModel.mean(norm), BatchStatisticsModel.variance(norm))) {
                    assertClose(name, run(session, checkpoint.network, name, images), expected, TOLERANCE);
                }
            }
        }
    }

    private RuntimeSession session(ExampleCheckpoint checkpoint) throws OrtException {
        byte[] model = BatchStatisticsModel.of(
                checkpoint.network,
                checkpoint.header(),
                checkpoint.file.getFileName().toString());
        return new RuntimeSession(model, folder);
    }

    private static float[] run(RuntimeSession session, NetworkDescription network, String output, double[][] images)
            throws OrtException {
        double[] all = Stream.of(images).flatMapToDouble(Arrays::stream).toArray();
        float[] batch = new float[all.length];
        IntStream.range(0, all.length).forEach(i -> batch[i] = (float) all[i]);
        InputShape input = network.input();
        return session.runFlat(output, batch, images.length, input.channels(), input.height(), input.width());
    }

    /** Mean and biased variance by the names of the outputs. */
    private static Map<String, double[]> expected(ExampleCheckpoint checkpoint, double[][] images) {
        Map<String, float[]> state = new HashMap<>(checkpoint.state);
        Map<String, double[]> expected = new HashMap<>();
        for (BatchNorm2d norm : BatchStatisticsModel.norms(checkpoint.network)) {
            List<double[]> inputs = Stream.of(images)
                    .map(image -> new PlainForward(checkpoint.network, state).run(image))
                    .map(values -> PlainForward.value(values, norm.input()))
                    .toList();
            int channels = norm.inputShape().channels();
            double[] mean = new double[channels];
            double[] variance = new double[channels];
            for (int c = 0; c < channels; c++) {
                double[] values = channel(inputs, c, channels);
                double mu = Arrays.stream(values).average().orElseThrow();
                mean[c] = mu;
                variance[c] = Arrays.stream(values)
                        .map(v -> (v - mu) * (v - mu))
                        .average()
                        .orElseThrow();
            }
            expected.put(BatchStatisticsModel.mean(norm), mean);
            expected.put(BatchStatisticsModel.variance(norm), variance);
            state.put(norm.name() + ".running_mean", floats(mean));
            state.put(norm.name() + ".running_var", floats(variance));
        }
        return expected;
    }

    private static double[] channel(List<double[]> images, int channel, int channels) {
        return images.stream()
                .flatMapToDouble(image -> Arrays.stream(
                        image, channel * (image.length / channels), (channel + 1) * (image.length / channels)))
                .toArray();
    }

    private static float[] floats(double[] values) {
        float[] copy = new float[values.length];
        IntStream.range(0, values.length).forEach(i -> copy[i] = (float) values[i]);
        return copy;
    }

    private static void assertClose(String name, float[] actual, Map<String, double[]> all, double tolerance) {
        double[] expected = PlainForward.value(all, name);
        double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
        assertThat(largest).as(name).isGreaterThan(0.01);
        double[] widened =
                IntStream.range(0, actual.length).mapToDouble(i -> actual[i]).toArray();
        assertThat(widened).as(name).containsExactly(expected, within(tolerance * largest));
    }

    private static double[][] images(NetworkDescription network, int batch, double shift) {
        SplittableRandom random = new SplittableRandom(9);
        return Stream.generate(() -> random.doubles(network.inputShape().size(), -2, 2)
                        .map(v -> (float) (v + shift))
                        .toArray())
                .limit(batch)
                .toArray(double[][]::new);
    }

    private static NetworkDescription residual() {
        return new NetworkBuilder("residual", new InputShape(3, 9, 7))
                .unbiasedConv("conv0", 8, new Window(3, 1, 1))
                .batchNorm("bn0")
                .relu("relu0")
                .maxPool("pool", new Window(3, 2, 1))
                .unbiasedConv("conv1", 8, new Window(3, 1, 1))
                .batchNorm("bn1")
                .sum("sum", "bn1", "pool")
                .relu("relu1")
                .unbiasedConv("conv2", 6, new Window(3, 1, 1))
                .batchNorm("bn2")
                .relu("relu2")
                .adaptiveAvgPool("avgpool", 2)
                .flatten("flatten")
                .linear("fc", 10)
                .build();
    }
}
