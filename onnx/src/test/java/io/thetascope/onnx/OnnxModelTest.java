package io.thetascope.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OrtException;
import io.thetascope.contracts.run.InputShape;
import io.thetascope.networks.NetworkBuilder;
import io.thetascope.networks.NetworkDescription;
import io.thetascope.networks.Networks;
import io.thetascope.networks.Window;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Oracle: {@link PlainForward}, in double; tolerance: max|Δ| / max|value| ≤ 1e-5. */
class OnnxModelTest {

    private static final double TOLERANCE = 1e-5;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void lenetGivesTheFeaturesAndLogitsOfThePlainForwardPass(int channels) throws OrtException {
        assertAgrees(Networks.named("lenet", new InputShape(channels, 32, 32)), 5);
    }

    /** The stock stem at an input whose sides differ, and at which the last stage sees more than one pixel. */
    @Test
    void resnet18Agrees() throws OrtException {
        assertAgrees(Networks.named("resnet18", new InputShape(3, 40, 33)), 1);
    }

    @Test
    void aResidualNetworkWithEveryOtherLayerAgreesToo() throws OrtException {
        assertAgrees(residual(new InputShape(3, 11, 9), 2), 3);
    }

    /** VGG19's pool at 32 pixels: one pixel is spread over 7 × 7; and a window that does not divide its input. */
    @ParameterizedTest
    @ValueSource(ints = {1, 7, 3, 4})
    void adaptivePoolingAgreesWhateverTheSizes(int side) throws OrtException {
        assertAgrees(residual(new InputShape(3, 9, 5), side), 2);
    }

    @Test
    void theSameArgumentsGiveTheSameBytes() {
        ExampleCheckpoint checkpoint = ExampleCheckpoint.write(residual(new InputShape(3, 9, 9), 2), folder);

        assertThat(model(checkpoint)).isEqualTo(model(checkpoint)).hasSizeLessThan(10_000);
    }

    @Test
    void aCheckpointOfAnotherNetworkIsRefusedByTheTensorsName() {
        ExampleCheckpoint lenet = ExampleCheckpoint.write(Networks.named("lenet", new InputShape(1, 32, 32)), folder);
        NetworkDescription other = residual(new InputShape(1, 9, 9), 2);

        assertThatThrownBy(() -> OnnxModel.of(other, lenet.header(), "checkpoint.safetensors"))
                .isInstanceOf(CheckpointMismatchException.class)
                .hasMessageContaining("checkpoint.safetensors")
                .hasMessageContaining("conv0.weight");
    }

    @Test
    void aCheckpointOfOtherShapesIsRefused() {
        ExampleCheckpoint grey = ExampleCheckpoint.write(Networks.named("lenet", new InputShape(1, 32, 32)), folder);
        NetworkDescription colour = Networks.named("lenet", new InputShape(3, 32, 32));

        assertThatThrownBy(() -> OnnxModel.of(colour, grey.header(), "checkpoint.safetensors"))
                .isInstanceOf(CheckpointMismatchException.class)
                .hasMessageContaining("[6, 1, 5, 5]")
                .hasMessageContaining("[6, 3, 5, 5]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/b.safetensors", "../b.safetensors", "a\\b", ".."})
    void aDataFileThatIsNotAPlainNameIsRefused(String name) {
        ExampleCheckpoint lenet = ExampleCheckpoint.write(Networks.named("lenet", new InputShape(1, 32, 32)), folder);

        assertThatThrownBy(() -> OnnxModel.of(lenet.network, lenet.header(), name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("plain name");
    }

    private static NetworkDescription residual(InputShape input, int pooled) {
        return new NetworkBuilder("residual", input)
                .unbiasedConv("conv0", 4, new Window(3, 1, 1))
                .maxPool("pool", new Window(3, 2, 1))
                .unbiasedConv("conv1", 8, new Window(3, 2, 1))
                .batchNorm("bn1")
                .relu("relu1")
                .from("pool")
                .unbiasedConv("downsample.0", 8, new Window(1, 2, 0))
                .batchNorm("downsample.1")
                .sum("sum", "relu1", "downsample.1")
                .adaptiveAvgPool("avgpool", pooled)
                .flatten("flatten")
                .linear("fc0", 32)
                .dropout("dropout", 0.5)
                .linear("fc", 10)
                .build();
    }

    private void assertAgrees(NetworkDescription network, int batch) throws OrtException {
        ExampleCheckpoint checkpoint = ExampleCheckpoint.write(network, folder);
        int pixels = (int) network.inputShape().size();
        float[] images = images(batch * pixels);
        InputShape input = network.input();
        long[] shape = {batch, input.channels(), input.height(), input.width()};
        try (RuntimeSession session = new RuntimeSession(model(checkpoint), folder)) {
            float[][] features = session.run(OnnxModel.FEATURES, images, shape);
            float[][] logits = session.run(OnnxModel.LOGITS, images, shape);
            for (int b = 0; b < batch; b++) {
                Map<String, double[]> expected = new PlainForward(network, checkpoint.state)
                        .run(doubles(Arrays.copyOfRange(images, b * pixels, (b + 1) * pixels)));
                assertClose(features[b], PlainForward.value(expected, network.featureLayer()));
                assertClose(
                        logits[b], PlainForward.value(expected, network.head().name()));
            }
        }
    }

    private static byte[] model(ExampleCheckpoint checkpoint) {
        return OnnxModel.of(
                checkpoint.network,
                checkpoint.header(),
                checkpoint.file.getFileName().toString());
    }

    private static void assertClose(float[] actual, double[] expected) {
        double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
        assertThat(largest).isGreaterThan(0);
        assertThat(doubles(actual)).containsExactly(expected, within(TOLERANCE * largest));
    }

    private static float[] images(int length) {
        SplittableRandom random = new SplittableRandom(9);
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (float) random.nextDouble(-2, 2);
        }
        return values;
    }

    private static double[] doubles(float[] values) {
        double[] copy = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            copy[i] = values[i];
        }
        return copy;
    }
}
