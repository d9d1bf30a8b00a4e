package io.thetascope.analyzer.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.thetascope.analyzer.features.Device;
import io.thetascope.analyzer.features.FeatureModel;
import io.thetascope.analyzer.features.ImageBatches;
import io.thetascope.analyzer.features.NetworkSession;
import io.thetascope.artifacts.safetensors.SafetensorsFile;
import io.thetascope.measures.Weights;
import io.thetascope.measures.alignment.UnitMatching;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A network with BatchNorm between two checkpoints. Oracle: its definition in double; tolerance 1e-4 of logits of about 1. */
class NetworkLineTest {
    private static final FeatureModel MODEL = new FeatureModel(Device.CPU);
    private static final int IMAGES = 7;

    @TempDir
    private Path folder;

    private final PixelNetwork left = new PixelNetwork(1);
    private final PixelNetwork right = new PixelNetwork(2);
    private final double[][] pixels = PixelImages.pixels(IMAGES);
    private Path leftFile;
    private Path rightFile;

    @BeforeEach
    void write() {
        leftFile = left.write(folder.resolve("left"));
        rightFile = right.write(folder.resolve("right"));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.3, 1})
    void statisticsAreRecomputedAtEveryPointTheEndsToo(double alpha) throws IOException {
        // Given
        double[][] others = PixelImages.pixels(230);
        PixelNetwork between = between(alpha);
        double[][] statistics = PixelImages.statistics(between, others, List.of(200, 30));
        List<String> buffers = List.of("bn1.running_mean", "bn1.running_var", "bn2.running_mean", "bn2.running_var");
        for (int i = 0; i < buffers.size(); i++) {
            between.state.put(buffers.get(i), floats(statistics[i]));
        }

        // When
        ImageBatches whole = ImageBatches.whole(PixelImages.prepared(others), PixelNetwork.NETWORK.inputShape());

        // Then
        assertLogits(logitsAt(alpha, whole), between);
    }

    @Test
    void withoutImagesForThemTheStatisticsAreThoseOfTheEnd() throws IOException {
        assertLogits(logitsAt(0.3, null), between(0.3));
    }

    @Test
    void theMatchedRightIsTheFunctionOfTheRight() throws IOException {
        // Given
        Path matched = folder.resolve("matched");
        try (SafetensorsFile file = SafetensorsFile.open(rightFile)) {
            UnitMatching matching = UnitMatching.of(PixelNetwork.NETWORK, weights(left), weights(right));
            assertThat(matching.leavesEveryUnit()).isFalse();
            MatchedCheckpoint.write(matched, PixelNetwork.NETWORK, file, matching);
        }

        // Then its weights are other ones, its logits with its stored statistics the same
        try (SafetensorsFile file = SafetensorsFile.open(matched)) {
            assertThat(file.readFloats(file.tensor("conv1.weight"))).isNotEqualTo(right.tensor("conv1.weight"));
            assertThat(file.readFloats(file.tensor("bn1.running_mean"))).isNotEqualTo(right.tensor("bn1.running_mean"));
            try (NetworkSession session = MODEL.open(PixelNetwork.NETWORK, matched, file.header(), List.of())) {
                assertLogits(logits(session), right);
            }
        }
    }

    private static Weights weights(PixelNetwork network) {
        return (parameter, from, into, count) ->
                System.arraycopy(network.tensor(parameter.name()), Math.toIntExact(from), into, 0, count);
    }

    /** The weights of the point with the statistics of the right. */
    private PixelNetwork between(double alpha) {
        PixelNetwork between = new PixelNetwork(2);
        PixelNetwork.NETWORK.parameters().forEach(parameter -> {
            float[] values = between.tensor(parameter.name());
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) ((1 - alpha) * left.tensor(parameter.name())[i] + alpha * values[i]);
            }
        });
        return between;
    }

    private float[] logitsAt(double alpha, @Nullable ImageBatches statistics) throws IOException {
        Path files = Files.createDirectory(folder.resolve("files"));
        float[][] logits = new float[1][];
        try (SafetensorsFile start = SafetensorsFile.open(leftFile);
                SafetensorsFile end = SafetensorsFile.open(rightFile)) {
            new NetworkLine(MODEL, files, PixelNetwork.NETWORK, start, end, statistics)
                    .at(alpha, List.of(), session -> logits[0] = logits(session));
        }
        try (Stream<Path> remaining = Files.list(files)) {
            assertThat(remaining).isEmpty();
        }
        return logits[0];
    }

    private float[] logits(NetworkSession session) {
        float[] logits = new float[IMAGES * PixelNetwork.NETWORK.classes()];
        new ImageBatches(PixelImages.prepared(pixels), PixelNetwork.NETWORK.inputShape())
                .forEach((batch, from, count) -> {
                    try (NetworkSession.Outputs outputs = session.run(batch, count)) {
                        outputs.logits()
                                .get(
                                        logits,
                                        from * PixelNetwork.NETWORK.classes(),
                                        count * PixelNetwork.NETWORK.classes());
                    }
                });
        return logits;
    }

    private void assertLogits(float[] logits, PixelNetwork expected) {
        int classes = PixelNetwork.NETWORK.classes();
        for (int image = 0; image < IMAGES; image++) {
            double[] wanted = expected.logits(
                    Arrays.copyOfRange(pixels, image * PixelImages.PIXELS, (image + 1) * PixelImages.PIXELS));
            for (int c = 0; c < classes; c++) {
                assertThat((double) logits[image * classes + c]).isCloseTo(wanted[c], within(1e-4));
            }
        }
    }

    private static float[] floats(double[] values) {
        float[] copy = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            copy[i] = (float) values[i];
        }
        return copy;
    }
}
