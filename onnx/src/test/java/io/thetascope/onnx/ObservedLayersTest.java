package io.thetascope.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OrtException;
import io.thetascope.contracts.run.InputShape;
import io.thetascope.networks.Layer;
import io.thetascope.networks.NetworkBuilder;
import io.thetascope.networks.NetworkDescription;
import io.thetascope.networks.Networks;
import io.thetascope.networks.Window;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Oracle: {@link PlainForward}, in double; tolerance: max|Δ| / max|value| ≤ 1e-5. */
class ObservedLayersTest {

    private static final double TOLERANCE = 1e-5;
    private static final int BATCH = 3;

    @TempDir
    Path folder;

    @Test
    void everyLayerOfLenetGivesWhatItGivesInThePlainForwardPass() throws OrtException {
        assertEveryLayerAgrees(Networks.named("lenet", new InputShape(1, 32, 32)));
    }

    @Test
    void everyLayerOfAResidualNetworkAgreesToo() throws OrtException {
        assertEveryLayerAgrees(residual());
    }

    @Test
    void aLayerIsAnOutputOnceHoweverOftenItIsNamedAndTheFeaturesKeepTheirName() throws OrtException {
        // Given
        NetworkDescription network = residual();
        ExampleCheckpoint checkpoint = ExampleCheckpoint.write(network, folder);

        // When
        byte[] model = observed(checkpoint, List.of("sum", network.featureLayer(), "pool", "sum", "fc"));

        // Then
        try (RuntimeSession session = new RuntimeSession(model, folder)) {
            assertThat(session.outputs()).containsExactly("features", "logits", "sum", "pool");
        }
        assertThat(OnnxModel.outputName(network, "dropout")).isEqualTo("features");
        assertThat(OnnxModel.outputName(network, "fc")).isEqualTo("logits");
        assertThat(OnnxModel.outputName(network, "pool")).isEqualTo("pool");
    }

    @Test
    void observingNothingGivesThePlainModel() {
        ExampleCheckpoint checkpoint = ExampleCheckpoint.write(residual(), folder);

        assertThat(observed(checkpoint, List.of()))
                .isEqualTo(OnnxModel.of(checkpoint.network, checkpoint.header(), "checkpoint.safetensors"));
    }

    @Test
    void aLayerThatTheNetworkHasNotIsRefusedWithTheNamesOfThoseItHas() {
        ExampleCheckpoint checkpoint = ExampleCheckpoint.write(residual(), folder);

        assertThatThrownBy(() -> observed(checkpoint, List.of("pool", "relu7")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("residual has no layer relu7")
                .hasMessageContaining("relu1");
        assertThatThrownBy(() -> OnnxModel.outputName(checkpoint.network, NetworkDescription.INPUT))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static NetworkDescription residual() {
        return new NetworkBuilder("residual", new InputShape(3, 9, 7))
                .unbiasedConv("conv0", 8, new Window(3, 1, 1))
                .maxPool("pool", new Window(3, 2, 1))
                .unbiasedConv("conv1", 8, new Window(3, 1, 1))
                .batchNorm("bn1")
                .sum("sum", "bn1", "pool")
                .relu("relu1")
                .adaptiveAvgPool("avgpool", 2)
                .flatten("flatten")
                .linear("fc0", 16)
                .dropout("dropout", 0.5)
                .linear("fc", 10)
                .build();
    }

    private void assertEveryLayerAgrees(NetworkDescription network) throws OrtException {
        ExampleCheckpoint checkpoint = ExampleCheckpoint.write(network, folder);
        List<String> layers = network.layers().stream().map(Layer::name).toList();
        InputShape input = network.input();
        double[][] images = images((int) network.inputShape().size());
        float[] batch = floats(Stream.of(images).flatMapToDouble(Arrays::stream).toArray());
        try (RuntimeSession session = new RuntimeSession(observed(checkpoint, layers), folder)) {
            for (String layer : layers) {
                float[] values = session.runFlat(
                        OnnxModel.outputName(network, layer),
                        batch,
                        BATCH,
                        input.channels(),
                        input.height(),
                        input.width());
                assertClose(layer, values, expected(checkpoint, layer, images));
            }
        }
    }

    private static double[] expected(ExampleCheckpoint checkpoint, String layer, double[][] images) {
        PlainForward forward = new PlainForward(checkpoint.network, checkpoint.state);
        return Stream.of(images)
                .map(forward::run)
                .flatMapToDouble((Map<String, double[]> values) -> Arrays.stream(PlainForward.value(values, layer)))
                .toArray();
    }

    private static byte[] observed(ExampleCheckpoint checkpoint, List<String> layers) {
        return OnnxModel.observed(
                checkpoint.network,
                checkpoint.header(),
                checkpoint.file.getFileName().toString(),
                layers);
    }

    private static void assertClose(String layer, float[] actual, double[] expected) {
        double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
        assertThat(largest).as(layer).isGreaterThan(0);
        double[] widened = new double[actual.length];
        for (int i = 0; i < actual.length; i++) {
            widened[i] = actual[i];
        }
        assertThat(widened).as(layer).containsExactly(expected, within(TOLERANCE * largest));
    }

    private static double[][] images(int pixels) {
        SplittableRandom random = new SplittableRandom(9);
        return Stream.generate(
                        () -> random.doubles(pixels, -2, 2).map(v -> (float) v).toArray())
                .limit(BATCH)
                .toArray(double[][]::new);
    }

    private static float[] floats(double[] values) {
        float[] copy = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            copy[i] = (float) values[i];
        }
        return copy;
    }
}
