package io.thetascope.measures.alignment;

import static org.assertj.core.api.Assertions.assertThat;

import io.thetascope.contracts.analysis.AlignmentResult.Stage;
import io.thetascope.contracts.run.InputShape;
import io.thetascope.measures.Arrays32;
import io.thetascope.networks.NetworkBuilder;
import io.thetascope.networks.NetworkDescription;
import io.thetascope.networks.Networks;
import io.thetascope.networks.Parameter;
import io.thetascope.networks.Window;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Networks with BatchNorm. Oracle: symmetries that were planted. */
class NormalisedAlignmentTest {
    /** A stream of 12 channels, one block with a branch of 10; the last stage sees one pixel, so that taps are dead. */
    private static final NetworkDescription RESIDUAL = new NetworkBuilder("residual", new InputShape(3, 4, 4))
            .unbiasedConv("conv0", 12, new Window(3, 2, 1))
            .batchNorm("bn0")
            .relu("relu0")
            .unbiasedConv("conv1", 10, new Window(3, 1, 1))
            .batchNorm("bn1")
            .relu("relu1")
            .unbiasedConv("conv2", 12, new Window(3, 1, 1))
            .batchNorm("bn2")
            .sum("sum", "bn2", "relu0")
            .relu("relu2")
            .unbiasedConv("conv3", 16, new Window(3, 2, 1))
            .batchNorm("bn3")
            .relu("relu3")
            .adaptiveAvgPool("avgpool", 1)
            .flatten("flatten")
            .linear("fc", 10)
            .build();

    private static final Planted PLANTED = new Planted(RESIDUAL);

    private static Stage stage(Alignment alignment, String name) {
        return alignment.summary().stages().stream()
                .filter(stage -> stage.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static double normalised(Alignment alignment, String name) {
        return Objects.requireNonNull(stage(alignment, name).normalised());
    }

    @Test
    void aPlantedGaugeFlipIsUndoneExactly() {
        // Given
        Arrays32 left = PLANTED.model(1);

        // When
        Alignment alignment = Alignment.measure(RESIDUAL, left, PLANTED.turned(left, 2, false));

        // Then
        assertThat(stage(alignment, "rescaled").distance()).isGreaterThan(1);
        assertThat(stage(alignment, "sign-aware").applies()).isTrue();
        assertThat(stage(alignment, "sign-aware").distance()).isZero();
        assertThat(alignment.summary().groups()).allMatch(group -> group.moved() == 0);
    }

    @Test
    void negatedBetaIsNoGaugeAndStays() {
        // Given
        Arrays32 left = PLANTED.model(1);
        Arrays32 right =
                Arrays32.of(RESIDUAL, (p, i) -> p.name().equals("bn1.bias") ? -left.tensor(p)[i] : left.tensor(p)[i]);

        // Then
        Alignment alignment = Alignment.measure(RESIDUAL, left, right);
        assertThat(stage(alignment, "sign-aware").distance())
                .isEqualTo(stage(alignment, "raw").distance())
                .isGreaterThan(0.1);
    }

    @Test
    void scalesSignsAndPermutationAreUndoneTogether() {
        // Given
        Arrays32 left = PLANTED.model(3);
        Map<String, List<Integer>> planted = PLANTED.permutations(4);

        // When
        Alignment alignment =
                Alignment.measure(RESIDUAL, left, PLANTED.permuted(PLANTED.turned(left, 5, true), planted));

        // Then
        assertThat(alignment.permutations()).isEqualTo(planted);
        assertThat(normalised(alignment, "sign-aware")).isGreaterThan(0.5);
        assertThat(normalised(alignment, "permuted")).isLessThanOrEqualTo(1e-6);
    }

    @Test
    void geometryDeadElementsAreNeitherComparedNorCounted() {
        // Given models that differ in dead elements alone, by far, and in values that are not even finite
        Arrays32 left = PLANTED.model(6);
        Arrays32 right = Arrays32.of(
                RESIDUAL,
                (p, i) -> RESIDUAL.deadTaps(p).isDead(i) ? (i % 2 == 0 ? 1000 : Double.NaN) : left.tensor(p)[i]);

        // When
        Alignment alignment = Alignment.measure(RESIDUAL, left, right);

        // Then conv3 sees 2 × 2 pixels at stride 2 with padding 1: its first row and column meet padding alone
        Parameter conv3 = RESIDUAL.parameters().stream()
                .filter(parameter -> parameter.name().equals("conv3.weight"))
                .findFirst()
                .orElseThrow();
        assertThat(alignment.summary().geometryDead()).isEqualTo(conv3.size() * 5 / 9);
        assertThat(alignment.summary().parameters()).isEqualTo(RESIDUAL.parameterCount() - conv3.size() * 5 / 9);
        assertThat(alignment.summary().stages()).allMatch(stage -> stage.distance() == 0);
    }

    @Test
    void aPlantedPermutationOfResnet18IsUndoneExactly() {
        // Given
        NetworkDescription network = Networks.named("resnet18", new InputShape(3, 32, 32));
        Planted planted = new Planted(network);
        Arrays32 left = planted.model(7);
        Map<String, List<Integer>> permutations = planted.permutations(8);
        Arrays32 right = planted.permuted(planted.turned(left, 9, false), permutations);

        // When
        Alignment alignment = Alignment.measure(network, left, right);

        // Then the units of all 12 groups are found
        assertThat(alignment.permutations()).isEqualTo(permutations);
        assertThat(stage(alignment, "permuted").distance()).isZero();
        assertThat(normalised(alignment, "sign-aware")).isGreaterThan(0.5);
    }
}
