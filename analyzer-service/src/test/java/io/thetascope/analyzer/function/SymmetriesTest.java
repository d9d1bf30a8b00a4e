package io.thetascope.analyzer.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.thetascope.analyzer.features.Device;
import io.thetascope.analyzer.features.FeatureModel;
import io.thetascope.analyzer.features.PreparedImages;
import io.thetascope.artifacts.safetensors.SafetensorsFile;
import io.thetascope.contracts.analysis.FunctionChange;
import io.thetascope.contracts.analysis.NormShift;
import io.thetascope.contracts.analysis.SymmetryResult;
import io.thetascope.measures.symmetry.Checkpoint;
import io.thetascope.networks.Parameter;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Oracle: symmetries that were planted in a network whose every value is random, and that rounding alone is left. */
class SymmetriesTest {
    private static final int PROBE = 50;
    private static final int STATISTICS = 430;

    @TempDir
    private Path folder;

    @FunctionalInterface
    private interface Change {
        float of(String tensor, int index, float value);
    }

    private static PixelNetwork network() {
        return new PixelNetwork(3);
    }

    private static PixelNetwork changed(PixelNetwork network, Change change) {
        for (float[] values : network.state.values()) {
            String name = network.state.entrySet().stream()
                    .filter(entry -> entry.getValue() == values)
                    .findFirst()
                    .orElseThrow()
                    .getKey();
            for (int i = 0; i < values.length; i++) {
                values[i] = change.of(name, i, values[i]);
            }
        }
        return network;
    }

    private static boolean trainable(String tensor) {
        return PixelNetwork.NETWORK.parameters().stream().map(Parameter::name).anyMatch(tensor::equals);
    }

    private static PixelNetwork flipped(PixelNetwork network) {
        return changed(network, (tensor, i, value) -> trainable(tensor) ? -value : value);
    }

    private static PixelNetwork unbiased(PixelNetwork network) {
        return changed(network, (tensor, i, value) -> tensor.matches("bn\\d\\.bias") ? 0 : value);
    }

    private static PreparedImages images(int count, long seed) {
        return new PreparedImages() {
            @Override
            public int count() {
                return count;
            }

            @Override
            public void appendTo(FloatBuffer buffer, int image) {
                SplittableRandom random = new SplittableRandom(seed * 1000 + image);
                for (int i = 0; i < PixelNetwork.NETWORK.inputShape().size(); i++) {
                    buffer.put((float) random.nextDouble(-1, 3));
                }
            }
        };
    }

    private static Symmetries.Side side(SafetensorsFile file) {
        return new Symmetries.Side(
                file,
                new Checkpoint(
                        (parameter, from, into, count) ->
                                file.readFloats(file.tensor(parameter.name()), from, into, 0, count),
                        buffer -> file.readFloats(file.tensor(buffer.name()))));
    }

    private SymmetryResult measured(PixelNetwork original, PixelNetwork perturbed) {
        int[] labels = IntStream.range(0, PROBE).map(i -> i % 5).toArray();
        Path temporary = folder.resolve("temporary");
        try {
            Files.createDirectories(temporary);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        try (SafetensorsFile one = SafetensorsFile.open(original.write(folder.resolve("original")));
                SafetensorsFile other = SafetensorsFile.open(perturbed.write(folder.resolve("perturbed")))) {
            return new Symmetries(new FeatureModel(Device.CPU), temporary)
                    .measure(
                            PixelNetwork.NETWORK,
                            side(one),
                            side(other),
                            new Symmetries.Images(images(PROBE, 1), labels, images(STATISTICS, 2)));
        }
    }

    private static FunctionChange recomputed(SymmetryResult result) {
        return Objects.requireNonNull(result.recomputed());
    }

    private static void assertPredicted(FunctionChange change) {
        double error = Objects.requireNonNull(change.predictionError());
        assertThat(error).isLessThan(1e-5);
        assertThat(Objects.requireNonNull(change.predictedFeatureChange()))
                .isCloseTo(change.featureChange(), within(1e-5));
        assertThat(Objects.requireNonNull(change.predictedLogitChange())).isCloseTo(change.logitChange(), within(1e-5));
        assertThat(Objects.requireNonNull(change.predicted()).loss())
                .isCloseTo(change.measured().loss(), within(1e-5));
    }

    @Test
    void aFlipIsTheNetworkWithMirroredBiasesAndMeans() {
        // When
        SymmetryResult result = measured(network(), flipped(network()));

        // Then the features change by much, as was said
        assertThat(result.prediction()).isEqualTo(SymmetryResult.MIRRORED_BIASES);
        assertThat(result.stored().featureChange()).isGreaterThan(0.1);
        assertThat(recomputed(result).featureChange()).isGreaterThan(0.1);
        assertPredicted(result.stored());
        assertPredicted(recomputed(result));
        assertThat(result.images()).isEqualTo(PROBE);
        assertThat(result.statisticsImages()).isEqualTo(STATISTICS);
        assertThat(result.shifts()).extracting(NormShift::layer).containsExactly("bn1", "bn2");
    }

    @Test
    void withoutBiasesAFlipLeavesTheFeaturesAndNegatesTheLogitsOnceStatisticsAreRecomputed() {
        // When
        SymmetryResult result = measured(unbiased(network()), flipped(unbiased(network())));

        // Then with the stored ones it does not
        assertThat(recomputed(result).featureChange()).isLessThan(1e-5);
        assertThat(recomputed(result).logitChange()).isCloseTo(2, within(1e-5));
        assertPredicted(recomputed(result));
        assertThat(result.stored().featureChange()).isGreaterThan(0.1);
        assertPredicted(result.stored());
    }

    @Test
    void unitsOfWhichFilterScaleAndMeanAreNegatedChangeNothing() {
        // Given units 1 and 3 of the first BatchNorm, which reads two channels
        List<Integer> units = List.of(1, 3);
        PixelNetwork turned = changed(network(), (tensor, i, value) -> switch (tensor) {
            case "conv1.weight" -> units.contains(i / 2) ? -value : value;
            case "bn1.weight", "bn1.running_mean" -> units.contains(i) ? -value : value;
            default -> value;
        });

        // When
        SymmetryResult result = measured(network(), turned);

        // Then
        assertThat(result.prediction()).isEqualTo(SymmetryResult.SAME_FEATURES);
        assertThat(result.stored().featureChange()).isLessThan(1e-5);
        assertThat(result.stored().agreement()).isEqualTo(1);
        assertThat(recomputed(result).featureChange()).isLessThan(1e-5);
        assertPredicted(result.stored());
        assertPredicted(recomputed(result));
    }

    @Test
    void anEqualModelChangesNothingAtAll() {
        // When
        SymmetryResult result = measured(network(), network());

        // Then
        assertThat(result.prediction()).isEqualTo(SymmetryResult.SAME_FEATURES);
        assertThat(result.stored())
                .isEqualTo(new FunctionChange(result.before(), result.before(), 0, 0.0, 0, 0.0, 1, 0.0));
        assertThat(recomputed(result).measured()).isEqualTo(result.beforeRecomputed());
        assertThat(result.beforeRecomputed()).isNotEqualTo(result.before());
    }

    @Test
    void anEpsilonIsMeasuredAndNotPredicted() {
        // When
        SymmetryResult result = measured(
                network(), changed(network(), (tensor, i, value) -> trainable(tensor) ? value + 0.01f : value));

        // Then
        assertThat(result.prediction()).isEqualTo(SymmetryResult.NONE);
        assertThat(result.stored().featureChange()).isBetween(1e-4, 0.5);
        assertThat(result.stored().predicted()).isNull();
        assertThat(result.stored().predictionError()).isNull();
        assertThat(recomputed(result).predictedLogitChange()).isNull();
    }

    @Test
    void removesTheCheckpointsThatNoRunStored() {
        // When
        measured(network(), flipped(network()));

        // Then
        assertThat(folder.resolve("temporary")).isEmptyDirectory();
    }
}
