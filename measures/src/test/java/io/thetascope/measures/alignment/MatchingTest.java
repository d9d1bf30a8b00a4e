package io.thetascope.measures.alignment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.thetascope.contracts.run.InputShape;
import io.thetascope.measures.Arrays32;
import io.thetascope.networks.NetworkBuilder;
import io.thetascope.networks.NetworkDescription;
import io.thetascope.networks.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Oracle: every permutation tried. */
class MatchingTest {
    private static final InputShape INPUT = new InputShape(1, 4, 4);

    /** All ways to order these units. */
    private static List<List<Integer>> orders(List<Integer> units) {
        if (units.isEmpty()) {
            return List.of(List.of());
        }
        List<List<Integer>> orders = new ArrayList<>();
        for (Integer first : units) {
            List<Integer> rest =
                    units.stream().filter(unit -> !unit.equals(first)).toList();
            orders(rest)
                    .forEach(order -> orders.add(
                            Stream.concat(Stream.of(first), order.stream()).toList()));
        }
        return orders;
    }

    /** The distance when the right is written with other permutations, before any matching. */
    private static double distance(
            NetworkDescription network, Arrays32 left, Arrays32 right, Map<String, List<Integer>> permutations) {
        Arrays32 written = new Planted(network).permuted(right, permutations);
        return Alignment.measure(network, left, written)
                .summary()
                .stages()
                .get(2)
                .distance();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void withOneGroupTheBestOfAllPermutationsIsFound(long seed) {
        // Given
        NetworkDescription network = new NetworkBuilder("one", INPUT)
                .conv("conv", 3, new Window(3, 1, 1))
                .relu("relu")
                .flatten("flatten")
                .linear("fc", 2)
                .build();
        Planted planted = new Planted(network);
        Arrays32 left = planted.model(seed);
        Arrays32 right = planted.model(seed + 100);

        // When
        double best = orders(List.of(0, 1, 2)).stream()
                .mapToDouble(order -> distance(network, left, right, Map.of("conv", order)))
                .min()
                .orElseThrow();

        // Then
        assertThat(Alignment.measure(network, left, right)
                        .summary()
                        .stages()
                        .get(3)
                        .distance())
                .isCloseTo(best, within(1e-12));
    }

    @Test
    void withTwoGroupsTheResultIsNoBetterThanTheBestAndNoWorseThanTheStart() {
        // Given
        NetworkDescription network = new NetworkBuilder("two", INPUT)
                .conv("conv", 3, new Window(3, 1, 1))
                .relu("relu")
                .flatten("flatten")
                .linear("fc1", 4)
                .relu("relu1")
                .linear("fc2", 2)
                .build();
        Planted planted = new Planted(network);
        Arrays32 left = planted.model(1);
        Arrays32 right = planted.model(2);

        // When
        double best = orders(List.of(0, 1, 2)).stream()
                .flatMap(conv -> orders(List.of(0, 1, 2, 3)).stream().map(fc1 -> Map.of("conv", conv, "fc1", fc1)))
                .mapToDouble(permutations -> distance(network, left, right, permutations))
                .min()
                .orElseThrow();

        // Then
        Alignment alignment = Alignment.measure(network, left, right);
        assertThat(alignment.summary().stages().get(3).distance())
                .isBetween(best - 1e-12, alignment.summary().stages().get(2).distance());
    }

    @Test
    void aConvolutionThatReadsAndWritesOneStreamIsMatchedToo() {
        // Given a branch of one layer: both ends of conv1 share a permutation
        NetworkDescription network = new NetworkBuilder("loop", INPUT)
                .conv("conv0", 8, new Window(3, 1, 1))
                .relu("relu0")
                .conv("conv1", 8, new Window(3, 1, 1))
                .sum("sum", "conv1", "relu0")
                .relu("relu1")
                .flatten("flatten")
                .linear("fc", 4)
                .build();
        Planted planted = new Planted(network);
        Arrays32 left = planted.model(3);
        Map<String, List<Integer>> permutations = planted.permutations(4);

        // When
        Alignment alignment =
                Alignment.measure(network, left, planted.permuted(planted.rescaled(left, 5), permutations));

        // Then
        assertThat(alignment.permutations()).isEqualTo(permutations);
        assertThat(alignment.summary().stages().get(3).normalised()).isLessThanOrEqualTo(1e-6);
    }
}
