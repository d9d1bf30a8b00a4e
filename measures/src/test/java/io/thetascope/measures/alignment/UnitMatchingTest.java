package io.thetascope.measures.alignment;

import static org.assertj.core.api.Assertions.assertThat;

import io.thetascope.contracts.run.InputShape;
import io.thetascope.measures.Arrays32;
import io.thetascope.networks.Buffer;
import io.thetascope.networks.NetworkBuilder;
import io.thetascope.networks.NetworkDescription;
import io.thetascope.networks.Networks;
import io.thetascope.networks.Parameter;
import io.thetascope.networks.Window;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Oracle: symmetries that were planted; they are undone bit for bit. */
class UnitMatchingTest {
    private static final NetworkDescription LENET = Networks.named("lenet", new InputShape(1, 32, 32));

    /** A stream of 12 channels, one block with a branch of 10; the last stage sees one pixel, so that taps are dead. */
    private static final NetworkDescription RESIDUAL = new NetworkBuilder("residual", new InputShape(3, 4, 4))
            .unbiasedConv("conv0", 12, new Window(3, 2, 1))
            .batchNorm("bn0")
            .relu("relu0")
            .unbiasedConv("conv1", 10, new Window(3, 1, 1))
            .batchNorm("bn1")
            .relu("relu1")
            .conv("conv2", 12, new Window(3, 1, 1))
            .batchNorm("bn2")
            .sum("sum", "bn2", "relu0")
            .relu("relu2")
            .adaptiveAvgPool("avgpool", 1)
            .flatten("flatten")
            .linear("fc", 10)
            .build();

    private static void assertUndone(NetworkDescription network, Arrays32 left, Arrays32 right) {
        UnitMatching matching = UnitMatching.of(network, left, right);

        assertThat(matching.leavesEveryUnit()).isFalse();
        for (Parameter parameter : network.parameters()) {
            assertThat(matching.apply(parameter, right.tensor(parameter)))
                    .as(parameter.name())
                    .isEqualTo(left.tensor(parameter));
        }
    }

    @Test
    void aPlantedPermutationIsUndone() {
        Planted planted = new Planted(LENET);
        Arrays32 left = planted.model(1);

        assertUndone(LENET, left, planted.permuted(left, planted.permutations(2)));
    }

    @Test
    void aPlantedPermutationWithAGaugeFlipIsUndoneWhateverTheSignsOfTheLeft() {
        Planted planted = new Planted(RESIDUAL);
        Arrays32 left = planted.model(1); // a quarter of its γ are negative

        assertUndone(RESIDUAL, left, planted.turned(left, 2, false));
        assertUndone(RESIDUAL, left, planted.permuted(planted.turned(left, 2, false), planted.permutations(3)));
    }

    @Test
    void nothingIsRescaled() {
        // Given the same function in other scales
        Planted planted = new Planted(LENET);
        Arrays32 left = planted.model(1);
        Arrays32 right = planted.rescaled(left, 2);

        // When
        UnitMatching matching = UnitMatching.of(LENET, left, right);

        // Then every value of the right is there, and no other
        for (Parameter parameter : LENET.parameters()) {
            assertThat(sorted(matching.apply(parameter, right.tensor(parameter))))
                    .isEqualTo(sorted(right.tensor(parameter)));
        }
    }

    @Test
    void runningStatisticsFollowTheirUnitAndTheMeanItsSign() {
        // Given a unit that is turned, and two others that changed places
        Arrays32 left = new Planted(RESIDUAL).model(1);
        Map<Integer, Integer> places = Map.of(3, 7, 7, 3);
        Arrays32 right = Arrays32.of(RESIDUAL, (p, i) -> {
            boolean filter = p.name().equals("conv1.weight");
            boolean unit = p.layer().equals("bn1");
            if (!filter && !unit) {
                boolean reads = p.name().equals("conv2.weight");
                int channel = i / 9 % 10;
                int from = reads ? i + 9 * (places.getOrDefault(channel, channel) - channel) : i;
                return left.tensor(p)[from];
            }
            int size = filter ? 12 * 9 : 1;
            int row = i / size;
            int from = places.getOrDefault(row, row) * size + i % size;
            boolean turn = row == 5 && !p.name().endsWith("bias");
            return turn ? -left.tensor(p)[from] : left.tensor(p)[from];
        });

        // When
        UnitMatching matching = UnitMatching.of(RESIDUAL, left, right);

        // Then
        float[] values = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
        float[] matchedMean = {0, 1, 2, 7, 4, -5, 6, 3, 8, 9};
        float[] matchedVariance = {0, 1, 2, 7, 4, 5, 6, 3, 8, 9};
        assertThat(matching.apply(buffer("bn1.running_mean"), values)).containsExactly(matchedMean);
        assertThat(matching.apply(buffer("bn1.running_var"), values)).containsExactly(matchedVariance);
    }

    @Test
    void equalModelsLeaveEveryUnit() {
        for (NetworkDescription network : List.of(LENET, RESIDUAL)) {
            Arrays32 model = new Planted(network).model(1);

            assertThat(UnitMatching.of(network, model, model).leavesEveryUnit()).isTrue();
        }
    }

    private static Buffer buffer(String name) {
        return RESIDUAL.buffers().stream()
                .filter(buffer -> buffer.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static float[] sorted(float[] values) {
        float[] copy = values.clone();
        Arrays.sort(copy);
        return copy;
    }
}
