package io.thetascope.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import io.thetascope.artifacts.safetensors.SafetensorsWriter;
import io.thetascope.artifacts.safetensors.TensorSpec;
import io.thetascope.contracts.run.InputShape;
import io.thetascope.networks.NetworkDescription;
import io.thetascope.networks.Networks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Leaves models beside their checkpoints and the values that we expect, for {@code src/test/peer/check_onnx.py} to
 * judge.
 */
class PeerExampleTest {

    private static final int BATCH = 2;

    @ParameterizedTest
    @CsvSource({"lenet,1x32x32", "lenet,3x32x32", "resnet18,3x32x32"})
    void modelAndCheckpointLieSideBySideForThePeerCheck(String name, String input) throws IOException {
        writeExample(name, input);
    }

    /** Half a gigabyte and a heap of 3 GB, hence only on request. */
    @ParameterizedTest
    @EnabledIfSystemProperty(named = "thetascope.peer.large", matches = "true")
    @CsvSource({"resnet18,3x40x40", "resnet18-cifar,3x32x32", "vgg19-small,3x32x32", "vgg19,3x32x32"})
    void theLargeOnesToo(String name, String input) throws IOException {
        writeExample(name, input);
    }

    private static void writeExample(String name, String input) throws IOException {
        Path folder = Files.createDirectories(Path.of("target", "peer", name + "-" + input));
        NetworkDescription network = Networks.named(name, InputShape.parse(input));
        ExampleCheckpoint checkpoint = ExampleCheckpoint.write(network, folder);
        byte[] model = OnnxModel.of(
                network, checkpoint.header(), checkpoint.file.getFileName().toString());
        Files.write(folder.resolve("model.onnx"), model);

        writeExpected(checkpoint, folder.resolve("expected.safetensors"));

        assertThat(folder.resolve("expected.safetensors")).isNotEmptyFile();
    }

    private static void writeExpected(ExampleCheckpoint checkpoint, Path file) {
        NetworkDescription network = checkpoint.network;
        InputShape input = network.input();
        List<TensorSpec> specs = List.of(
                TensorSpec.f32("images", List.of(BATCH, input.channels(), input.height(), input.width())),
                TensorSpec.f32("features", List.of(BATCH, network.featureWidth())),
                TensorSpec.f32("logits", List.of(BATCH, network.classes())));
        float[] images = new float[BATCH * (int) network.inputShape().size()];
        float[] features = new float[BATCH * network.featureWidth()];
        float[] logits = new float[BATCH * network.classes()];
        SplittableRandom random = new SplittableRandom(9);
        for (int i = 0; i < images.length; i++) {
            images[i] = (float) random.nextDouble(-2, 2);
        }
        for (int b = 0; b < BATCH; b++) {
            Map<String, double[]> values = new PlainForward(network, checkpoint.state).run(part(images, b));
            put(PlainForward.value(values, network.featureLayer()), features, b);
            put(PlainForward.value(values, network.head().name()), logits, b);
        }
        try (SafetensorsWriter writer = SafetensorsWriter.create(file, Map.of("network", network.name()), specs)) {
            writer.writeFloats("images", images);
            writer.writeFloats("features", features);
            writer.writeFloats("logits", logits);
            writer.finish();
        }
    }

    private static double[] part(float[] all, int index) {
        double[] part = new double[all.length / BATCH];
        for (int i = 0; i < part.length; i++) {
            part[i] = all[index * part.length + i];
        }
        return part;
    }

    private static void put(double[] part, float[] all, int index) {
        for (int i = 0; i < part.length; i++) {
            all[index * part.length + i] = (float) part[i];
        }
    }
}
