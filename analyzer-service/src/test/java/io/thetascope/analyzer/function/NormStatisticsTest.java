package io.thetascope.analyzer.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.thetascope.analyzer.World;
import io.thetascope.analyzer.features.Device;
import io.thetascope.analyzer.features.FeatureModel;
import io.thetascope.analyzer.features.ImageBatches;
import io.thetascope.artifacts.safetensors.SafetensorsFile;
import io.thetascope.networks.Parameter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Oracle: PyTorch's update_bn written out in double; tolerance 1e-5. */
class NormStatisticsTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"431,200;200;31", "401,200;201", "402,200;200;2", "40,40"})
    void statisticsAreTheAveragesOverWholeBatches(int images, String batches) {
        // Given
        PixelNetwork network = new PixelNetwork(3);
        Path checkpoint = network.write(folder.resolve("weights"));
        double[][] pixels = PixelImages.pixels(images);
        List<Integer> sizes =
                Arrays.stream(batches.split(";")).map(Integer::valueOf).toList();

        // When
        Path target = recomputed(checkpoint, pixels);

        // Then
        double[][] expected = PixelImages.statistics(network, pixels, sizes);
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

    private Path recomputed(Path checkpoint, double[][] pixels) {
        Path target = folder.resolve("recomputed");
        try (SafetensorsFile file = SafetensorsFile.open(checkpoint)) {
            ImageBatches batches = ImageBatches.whole(PixelImages.prepared(pixels), PixelNetwork.NETWORK.inputShape());
            new NormStatistics(new FeatureModel(Device.CPU))
                    .write(PixelNetwork.NETWORK, checkpoint, file.header(), batches, target);
        }
        return target;
    }

    private static double[] doubles(SafetensorsFile file, String name) {
        float[] values = file.readFloats(file.tensor(name));
        return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
    }
}
