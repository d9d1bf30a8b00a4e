package io.thetascope.analyzer.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.thetascope.analyzer.World;
import io.thetascope.analyzer.features.Device;
import io.thetascope.analyzer.features.FeatureModel;
import io.thetascope.analyzer.features.ImageBatches;
import io.thetascope.analyzer.features.PreparedImages;
import io.thetascope.artifacts.safetensors.SafetensorsFile;
import io.thetascope.networks.Parameter;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Oracle: PyTorch's update_bn written out in double; tolerance 1e-5. */
class NormStatisticsTest {
    private static final int PIXELS = 9;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"431,200;200;31", "401,200;201", "402,200;200;2", "40,40"})
    void statisticsAreTheAveragesOverWholeBatches(int images, String batches) {
        // Given
        PixelNetwork network = new PixelNetwork(3);
        Path checkpoint = network.write(folder.resolve("weights"));
        double[][] pixels = pixels(images);
        List<Integer> sizes =
                Arrays.stream(batches.split(";")).map(Integer::valueOf).toList();

        // When
        Path target = recomputed(checkpoint, pixels, images);

        // Then
        double[][] expected = expected(network, pixels, sizes);
        try (SafetensorsFile file = SafetensorsFile.open(target)) {
            assertThat(doubles(file, "bn1.running_mean")).containsExactly(expected[0], within(1e-5));
            assertThat(doubles(file, "bn1.running_var")).containsExactly(expected[1], within(1e-5));
            assertThat(doubles(file, "bn2.running_mean")).containsExactly(expected[2], within(1e-5));
            assertThat(doubles(file, "bn2.running_var")).containsExactly(expected[3], within(1e-5));
            for (String norm : List.of("bn1", "bn2")) {
                long[] tracked = new long[1];
                file.readLongs(file.tensor(norm + ".num_batches_tracked"), 0, tracked, 0, 1);
                assertThat(tracked).containsExactly(sizes.size());
            }
            for (Parameter parameter : PixelNetwork.NETWORK.parameters()) {
                assertThat(file.readFloats(file.tensor(parameter.name()))).isEqualTo(network.tensor(parameter.name()));
            }
        }
    }

    @Test
    void aNetworkWithoutBatchNormHasNone() {
        assertThat(NormStatistics.exist(World.LENET)).isFalse();
        assertThat(NormStatistics.exist(PixelNetwork.NETWORK)).isTrue();
    }

    private Path recomputed(Path checkpoint, double[][] pixels, int images) {
        Path target = folder.resolve("recomputed");
        try (SafetensorsFile file = SafetensorsFile.open(checkpoint)) {
            ImageBatches batches = ImageBatches.whole(prepared(pixels, images), PixelNetwork.NETWORK.inputShape());
            new NormStatistics(new FeatureModel(Device.CPU))
                    .write(PixelNetwork.NETWORK, checkpoint, file.header(), batches, target);
        }
        return target;
    }

    /** Pixels of all images, one a row: two channels, far from standardised. */
    private static double[][] pixels(int images) {
        SplittableRandom random = new SplittableRandom(images);
        return IntStream.range(0, images * PIXELS)
                .mapToObj(i -> new double[] {(float) random.nextDouble(-1, 3), (float) random.nextGaussian()})
                .toArray(double[][]::new);
    }

    private static PreparedImages prepared(double[][] pixels, int images) {
        return new PreparedImages() {
            @Override
            public int count() {
                return images;
            }

            @Override
            public void appendTo(FloatBuffer buffer, int image) {
                for (int channel = 0; channel < 2; channel++) {
                    for (int pixel = 0; pixel < PIXELS; pixel++) {
                        buffer.put((float) pixels[image * PIXELS + pixel][channel]);
                    }
                }
            }
        };
    }

    /** Running mean and variance of the first BatchNorm, and those of the second. */
    private static double[][] expected(PixelNetwork network, double[][] pixels, List<Integer> sizes) {
        double[][] sums = {new double[4], new double[4], new double[3], new double[3]};
        int from = 0;
        for (int size : sizes) {
            double[][] first = network.first(Arrays.copyOfRange(pixels, from, from + size * PIXELS));
            double[] mean1 = means(first);
            double[] variance1 = variances(first, mean1);
            double[][] second = network.second(first, mean1, variance1);
            double[] mean2 = means(second);
            double unbiased = size * PIXELS / (size * PIXELS - 1.0);
            add(sums[0], mean1, 1.0 / sizes.size());
            add(sums[1], variance1, unbiased / sizes.size());
            add(sums[2], mean2, 1.0 / sizes.size());
            add(sums[3], variances(second, mean2), unbiased / sizes.size());
            from += size * PIXELS;
        }
        return sums;
    }

    private static double[] means(double[][] rows) {
        double[] means = new double[rows[0].length];
        List.of(rows).forEach(row -> add(means, row, 1.0 / rows.length));
        return means;
    }

    private static double[] variances(double[][] rows, double[] means) {
        List<double[]> squares = new ArrayList<>();
        for (double[] row : rows) {
            double[] square = new double[row.length];
            Arrays.setAll(square, c -> (row[c] - means[c]) * (row[c] - means[c]));
            squares.add(square);
        }
        return means(squares.toArray(double[][]::new));
    }

    private static void add(double[] sums, double[] values, double factor) {
        for (int c = 0; c < sums.length; c++) {
            sums[c] += factor * values[c];
        }
    }

    private static double[] doubles(SafetensorsFile file, String name) {
        float[] values = file.readFloats(file.tensor(name));
        return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
    }
}
