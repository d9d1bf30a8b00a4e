package io.thetascope.measures.alignment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.thetascope.contracts.analysis.AlignmentResult;
import io.thetascope.contracts.analysis.AlignmentResult.Group;
import io.thetascope.contracts.analysis.AlignmentResult.Stage;
import io.thetascope.contracts.run.InputShape;
import io.thetascope.measures.Arrays32;
import io.thetascope.measures.NotMeasurableException;
import io.thetascope.networks.NetworkDescription;
import io.thetascope.networks.Networks;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks without BatchNorm. Oracles: symmetries that were planted, and the closed form of a shift. */
class AlignmentTest {
    private static final NetworkDescription LENET = Networks.named("lenet", new InputShape(1, 32, 32));
    private static final Planted PLANTED = new Planted(LENET);

    private static double normalised(Alignment alignment, String name) {
        return Objects.requireNonNull(stage(alignment, name).normalised());
    }

    private static Stage stage(Alignment alignment, String name) {
        return alignment.summary().stages().stream()
                .filter(stage -> stage.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static long moved(List<Integer> permutation) {
        return IntStream.range(0, permutation.size())
                .filter(unit -> permutation.get(unit) != unit)
                .count();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aPlantedPermutationOfLenetIsUndoneExactly(long seed) {
        // Given
        Arrays32 left = PLANTED.model(seed);
        Map<String, List<Integer>> planted = PLANTED.permutations(seed + 10);

        // When
        Alignment alignment = Alignment.measure(LENET, left, PLANTED.permuted(left, planted));

        // Then
        assertThat(alignment.permutations()).isEqualTo(planted);
        assertThat(stage(alignment, "permuted").distance()).isZero();
        assertThat(normalised(alignment, "sign-aware")).isGreaterThan(1);
        for (Group group : alignment.summary().groups()) {
            assertThat((long) group.moved()).isEqualTo(moved(planted.getOrDefault(group.name(), List.of())));
        }
        assertThat(alignment.summary().groups())
                .extracting(Group::name)
                .containsExactly("conv1", "conv2", "fc1", "fc2");
    }

    @Test
    void aPlantedRescalingOfLenetIsUndoneToTheRoundingOfFloats() {
        // Given
        Arrays32 left = PLANTED.model(4);

        // When
        Alignment alignment = Alignment.measure(LENET, left, PLANTED.rescaled(left, 5));

        // Then
        assertThat(normalised(alignment, "raw")).isGreaterThan(0.1);
        assertThat(normalised(alignment, "rescaled")).isLessThanOrEqualTo(1e-6);
        assertThat(stage(alignment, "rescaled").removed())
                .isCloseTo(normalised(alignment, "raw") - normalised(alignment, "rescaled"), within(0.0));
    }

    @Test
    void aRescalingAndAPermutationAreUndoneTogether() {
        // Given
        Arrays32 left = PLANTED.model(6);
        Map<String, List<Integer>> planted = PLANTED.permutations(7);
        Arrays32 right = PLANTED.permuted(PLANTED.rescaled(left, 8), planted);

        // When
        Alignment alignment = Alignment.measure(LENET, left, right);

        // Then
        assertThat(alignment.permutations()).isEqualTo(planted);
        assertThat(normalised(alignment, "rescaled")).isGreaterThan(1);
        assertThat(normalised(alignment, "permuted")).isLessThanOrEqualTo(1e-6);
    }

    @Test
    void unrelatedModelsStayFarApartAndMatchingBringsThemNoFurther() {
        // When
        Alignment alignment = Alignment.measure(LENET, PLANTED.model(11), PLANTED.model(12));

        // Then independent vectors are √2 apart, and a distance of 1 would be a cosine of 1/2
        assertThat(alignment.summary().stages())
                .extracting(Stage::name)
                .containsExactly("raw", "rescaled", "sign-aware", "permuted");
        assertThat(normalised(alignment, "raw")).isCloseTo(Math.sqrt(2), within(0.05));
        assertThat(normalised(alignment, "permuted"))
                .isLessThan(normalised(alignment, "sign-aware"))
                .isGreaterThan(1);
        assertThat(stage(alignment, "sign-aware").applies()).isFalse();
        assertThat(stage(alignment, "sign-aware").distance())
                .isEqualTo(stage(alignment, "rescaled").distance());
        assertThat(stage(alignment, "raw").removed()).isNull();
    }

    @Test
    void theRawStageIsTheDistanceAsItIsAndEqualModelsNeedOneSweep() {
        // Given weights of 3 against weights of 1
        Arrays32 three = Arrays32.of(LENET, (p, i) -> 3);
        Arrays32 one = Arrays32.of(LENET, (p, i) -> 1);
        double root = Math.sqrt(61_706);

        // When
        Stage raw = stage(Alignment.measure(LENET, three, one), "raw");
        AlignmentResult equal = Alignment.measure(LENET, three, three).summary();

        // Then
        assertThat(raw.distance()).isCloseTo(2 * root, within(1e-9));
        assertThat(raw.leftNorm()).isCloseTo(3 * root, within(1e-9));
        assertThat(raw.rightNorm()).isCloseTo(root, within(1e-9));
        assertThat(raw.normalised()).isCloseTo(2 / Math.sqrt(3), within(1e-12));
        assertThat(equal.parameters()).isEqualTo(61_706);
        assertThat(equal.sweeps()).isEqualTo(1); // all units are alike: no tie is broken
        assertThat(equal.groups()).allMatch(group -> group.moved() == 0);
    }

    @Test
    void modelsOfZerosHaveNoNormalisedDistance() {
        Arrays32 zeros = Arrays32.of(LENET, (p, i) -> 0);

        assertThat(Alignment.measure(LENET, zeros, zeros).summary().stages())
                .allMatch(stage -> stage.normalised() == null && stage.removed() == null && stage.distance() == 0);
    }

    @Test
    void refusesValuesThatAreNotFinite() {
        Arrays32 left = PLANTED.model(1);
        Arrays32 right = Arrays32.of(LENET, (p, i) -> p.name().equals("fc2.bias") ? Double.NaN : 1);

        assertThatThrownBy(() -> Alignment.measure(LENET, left, right))
                .isInstanceOf(NotMeasurableException.class)
                .hasMessageContaining("fc2.bias");
    }

    /** What is held for certain (both models in float, products of all groups in double), and not a tenth more. */
    @ParameterizedTest
    @CsvSource({"resnet18, 1044480", "vgg19, 35954688", "vgg19-small, 2400256"})
    void theHeapIsThatOfBothModelsAndTheProductsOfAllGroups(String name, long products) {
        NetworkDescription network = Networks.named(name, new InputShape(3, 32, 32));
        long certain = 8 * network.parameterCount() + 8 * products;

        assertThat(Alignment.heapBytes(network)).isBetween(certain, certain + certain / 10);
    }
}
