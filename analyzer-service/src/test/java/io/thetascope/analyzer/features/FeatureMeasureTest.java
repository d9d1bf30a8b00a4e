package io.thetascope.analyzer.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.thetascope.analyzer.Bench;
import io.thetascope.analyzer.PlainLeNet;
import io.thetascope.analyzer.World;
import io.thetascope.artifacts.ArtifactKeys;
import io.thetascope.artifacts.safetensors.SafetensorsFile;
import io.thetascope.contracts.analysis.FeaturesResult;
import io.thetascope.contracts.analysis.RunAnalyses;
import io.thetascope.contracts.event.AnalysisCompleted;
import io.thetascope.contracts.json.Json;
import io.thetascope.contracts.run.ArtifactRef;
import io.thetascope.contracts.run.RunSpec;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeatureMeasureTest {
    private static final int N = World.TEST_IMAGES;
    private static final int UNITS = 84;
    private static final int CLASSES = 10;

    @TempDir
    private Path folder;

    private Bench bench;
    private RunSpec run;
    private AnalysisCompleted measured;

    @BeforeEach
    void measure() {
        bench = new Bench(folder);
        run = bench.world.run(1);
        bench.world.checkpoint(run, 0, 0);
        bench.work(RunAnalyses.of(run).get(0));
        measured = bench.facts.last();
    }

    private SafetensorsFile tensors() {
        ArtifactRef ref = Objects.requireNonNull(measured.artifact());
        return SafetensorsFile.open(bench.world.store().download(ref.key(), ref.sha256(), folder));
    }

    @Test
    void featuresAndLogitsEqualAnIndependentForwardPass() {
        // Given
        PlainLeNet plain = new PlainLeNet(World.weights(run, 0, 0));
        byte[] pixels = pixels();

        // Then max|Δ| / max|feature| ≤ 1e-5
        try (SafetensorsFile file = tensors()) {
            float[] features = file.readFloats(file.tensor("features"));
            float[] logits = file.readFloats(file.tensor("logits"));
            double largest = 0;
            double difference = 0;
            for (int image = 0; image < N; image++) {
                double[] expected = plain.features(seen(pixels, image));
                double[] expectedLogits = plain.logits(expected);
                for (int unit = 0; unit < UNITS; unit++) {
                    largest = Math.max(largest, Math.abs(expected[unit]));
                    difference = Math.max(difference, Math.abs(features[image * UNITS + unit] - expected[unit]));
                }
                for (int c = 0; c < CLASSES; c++) {
                    assertThat((double) logits[image * CLASSES + c]).isCloseTo(expectedLogits[c], within(1e-4));
                }
            }
            assertThat(difference / largest).isLessThan(1e-5);
        }
    }

    private byte[] pixels() {
        String key = ArtifactKeys.dataset(run.dataset().digest());
        Path data = bench.world.store().download(key, run.dataset().digest(), folder);
        try (SafetensorsFile file = SafetensorsFile.open(data)) {
            byte[] pixels = new byte[N * 28 * 28];
            file.readBytes(file.tensor("test.images"), 0, pixels, 0, pixels.length);
            return pixels;
        }
    }

    /** Padded by two, Fashion-MNIST's constants. */
    private static double[] seen(byte[] pixels, int image) {
        double[] seen = new double[32 * 32];
        for (int i = 0; i < seen.length; i++) {
            int y = i / 32 - 2;
            int x = i % 32 - 2;
            boolean inside = y >= 0 && y < 28 && x >= 0 && x < 28;
            int level = inside ? pixels[(image * 28 + y) * 28 + x] & 0xFF : 0;
            seen[i] = (level / 255.0 - .2860) / .3530;
        }
        return seen;
    }

    @Test
    void storesTheTensorsThatItsNumbersWereTakenFrom() {
        try (SafetensorsFile file = tensors()) {
            assertThat(file.tensor("features").shape()).containsExactly((long) N, (long) UNITS);
            assertThat(file.tensor("logits").shape()).containsExactly((long) N, (long) CLASSES);
            assertThat(file.tensor("correlation").shape()).containsExactly((long) UNITS, (long) UNITS);
            long[] indices = new long[N];
            file.readLongs(file.tensor("probe_indices"), 0, indices, 0, N);
            assertThat(indices).containsExactly(LongStream.range(0, N).toArray());
            assertThat(file.header().metadata())
                    .containsEntry("run_id", run.id().value())
                    .containsEntry("step", "0")
                    .containsEntry("analysis_id", measured.analysisId().value());
            FeaturesResult result = Json.read(Objects.requireNonNull(measured.result()), FeaturesResult.class);
            assertThat(result.meanAbsCorrelation())
                    .isCloseTo(meanAbsolute(file.readFloats(file.tensor("correlation"))), within(1e-6));
        }
    }

    @Test
    void storesEveryBlockAveragedOverItsPixelsAndTheCorrelationsWithinClass() {
        // Given
        PlainLeNet plain = new PlainLeNet(World.weights(run, 0, 0));
        byte[] pixels = pixels();

        // Then pool2 by an independent forward pass; the last block is the features themselves
        try (SafetensorsFile file = tensors()) {
            assertThat(World.LENET.blocks())
                    .allSatisfy(
                            b -> assertThat(file.header().find("block/" + b)).isPresent());
            float[] pool2 = file.readFloats(file.tensor("block/pool2"));
            assertThat(file.tensor("block/pool2").shape()).containsExactly((long) N, 16L);
            for (int image = 0; image < N; image++) {
                double[] expected = plain.secondPool(seen(pixels, image));
                for (int channel = 0; channel < 16; channel++) {
                    double mean = Arrays.stream(expected, channel * 25, channel * 25 + 25)
                            .average()
                            .orElseThrow();
                    assertThat((double) pool2[image * 16 + channel]).isCloseTo(mean, within(1e-5 * (1 + mean)));
                }
            }
            assertThat(file.readFloats(file.tensor("block/relu4"))).isEqualTo(file.readFloats(file.tensor("features")));
            assertThat(file.header().metadata()).containsEntry("format_version", "2");
            FeaturesResult result = Json.read(Objects.requireNonNull(measured.result()), FeaturesResult.class);
            assertThat(Objects.requireNonNull(result.withinClass()).meanAbsolute())
                    .isCloseTo(meanAbsolute(file.readFloats(file.tensor("correlation_within_class"))), within(1e-6));
        }
    }

    private static double meanAbsolute(float[] correlation) {
        double sum = 0;
        int pairs = 0;
        for (int i = 0; i < correlation.length; i++) {
            if (i / UNITS < i % UNITS && !Float.isNaN(correlation[i])) {
                sum += Math.abs(correlation[i]);
                pairs++;
            }
        }
        return sum / pairs;
    }
}
