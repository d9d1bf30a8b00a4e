package io.thetascope.measures.movement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thetascope.contracts.analysis.Attribution;
import io.thetascope.contracts.analysis.LayerMovement;
import io.thetascope.contracts.analysis.MovementResult;
import io.thetascope.contracts.identity.Step;
import io.thetascope.contracts.run.InputShape;
import io.thetascope.measures.Arrays32;
import io.thetascope.measures.Bits;
import io.thetascope.measures.Evidence;
import io.thetascope.measures.NotMeasurableException;
import io.thetascope.networks.DeadTaps;
import io.thetascope.networks.NetworkDescription;
import io.thetascope.networks.Networks;
import io.thetascope.networks.Parameter;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Planted weights and bits; the oracle counts one element at a time, with {@code DeadTaps.isDead}. */
class AttributionOracleTest {
    private static final NetworkDescription LENET = Networks.named("lenet", new InputShape(1, 32, 32));
    private static final NetworkDescription RESNET = Networks.named("resnet18", new InputShape(3, 32, 32));
    private static final long PREDICTED = 6_946_816;
    private static final Map<String, DeadTaps> TAPS = taps(RESNET);

    private static Map<String, DeadTaps> taps(NetworkDescription network) {
        return network.parameters().stream()
                .filter(p -> !network.deadTaps(p).dead().isEmpty())
                .collect(Collectors.toMap(Parameter::name, network::deadTaps));
    }

    private static MovementResult measure(
            NetworkDescription network, Arrays32 start, Arrays32 to, @Nullable Evidence evidence) {
        return Movement.measure(network, new Step(10), new Step(20), start, null, start, to, evidence);
    }

    private static boolean moved(Parameter parameter, int index) {
        return parameter.name().equals("fc3.bias") && index == 0;
    }

    private static Attribution whole(MovementResult result) {
        return Objects.requireNonNull(result.attribution());
    }

    private static Attribution of(MovementResult result, String parameter) {
        LayerMovement layer = result.layers().stream()
                .filter(l -> l.name().equals(parameter))
                .findFirst()
                .orElseThrow();
        return Objects.requireNonNull(layer.attribution());
    }

    @Test
    void countsEveryUnchangedParameterUnderOneCause() {
        // Given fc1.bias: of 120 values, 20 moved, 30 without gradient, 40 absorbed, 25 returned, 5 changed without
        // gradient
        Arrays32 start = Arrays32.of(LENET, (p, i) -> 0.5);
        Arrays32 to = Arrays32.of(LENET, (p, i) -> !p.name().equals("fc1.bias") || i < 20 ? 0.75 : 0.5);
        Bits evidence = Bits.of(LENET, (bit, p, i) -> !p.name().equals("fc1.bias") || planted(bit, i));

        // When
        MovementResult result = measure(LENET, start, to, evidence);

        // Then
        Attribution expected = new Attribution(true, 100, 0, 30, 40, 25, 5, 0, 0);
        assertThat(of(result, "fc1.bias")).isEqualTo(expected);
        assertThat(whole(result)).isEqualTo(expected);
        assertThat(of(result, "conv1.weight")).isEqualTo(new Attribution(true, 0, 0, 0, 0, 0, 0, 0, 0));
    }

    private static boolean planted(Evidence.Bit bit, int index) {
        boolean seen = index < 20 || (index >= 50 && index < 115);
        boolean changed = index < 20 || index >= 90;
        return bit == Evidence.Bit.GRADIENT_SEEN ? seen : changed;
    }

    @Test
    void takesMinusZeroForZero() {
        // Given
        Arrays32 start = Arrays32.of(LENET, (p, i) -> 0.0);
        Arrays32 to = Arrays32.of(LENET, (p, i) -> moved(p, i) ? 1 : -0.0);

        // When
        Attribution attribution = whole(measure(LENET, start, to, Bits.of(LENET, (bit, p, i) -> true)));

        // Then
        assertThat(attribution).isEqualTo(new Attribution(true, 61_705, 0, 0, 0, 61_705, 0, 0, 0));
    }

    @Test
    void explainsNothingButGeometryWithoutEvidence() {
        // Given
        Arrays32 start = Arrays32.of(RESNET, (p, i) -> 0.5);
        Arrays32 to = Arrays32.of(RESNET, (p, i) -> p.name().equals("fc.bias") && i == 0 ? 1 : 0.5);

        // When
        Attribution attribution = whole(measure(RESNET, start, to, null));

        // Then
        assertThat(attribution)
                .isEqualTo(
                        new Attribution(false, 11_181_641, PREDICTED, 0, 0, 0, 11_181_641 - PREDICTED, PREDICTED, 0));
    }

    @Test
    void countsTheGeometryDeadOfResNet18FirstWhateverTheirBitsSay() {
        // Given everything moved but what is geometry-dead and twelve live values
        Arrays32 start = Arrays32.of(RESNET, (p, i) -> 0.5);
        Arrays32 to = Arrays32.of(RESNET, (p, i) -> still(p, i) ? 0.5 : 0.25);

        // When
        MovementResult result = measure(RESNET, start, to, Bits.of(RESNET, (bit, p, i) -> true));

        // Then MEASURES §2: 6,946,816 of 11,181,642
        assertThat(result.parameters()).isEqualTo(11_181_642);
        assertThat(whole(result))
                .isEqualTo(new Attribution(true, PREDICTED + 12, PREDICTED, 0, 0, 12, 0, PREDICTED, 0));
        assertThat(of(result, "layer4.0.conv1.weight").geometryDead()).isEqualTo(512L * 256 * 5);
        assertThat(of(result, "layer4.1.conv2.weight").geometryDead()).isEqualTo(512L * 512 * 8);
        assertThat(of(result, "conv1.weight").returned()).isEqualTo(12);
    }

    private static boolean still(Parameter parameter, int index) {
        DeadTaps taps = TAPS.get(parameter.name());
        boolean live = parameter.name().equals("conv1.weight") && index < 12;
        return live || (taps != null && taps.isDead(index));
    }

    @Test
    void saysHowManyGeometryDeadParametersChanged() {
        // Given a corner tap that moved, in the last filter, as weight decay or a device's rounding would move it
        Arrays32 start = Arrays32.of(RESNET, (p, i) -> 0.5);
        Arrays32 to =
                Arrays32.of(RESNET, (p, i) -> p.name().equals("layer4.1.conv2.weight") && i == p.size() - 1 ? 1 : 0.5);

        // When
        Attribution attribution = of(measure(RESNET, start, to, null), "layer4.1.conv2.weight");

        // Then
        assertThat(attribution.predictedGeometryDead()).isEqualTo(512L * 512 * 8);
        assertThat(attribution.geometryDead()).isEqualTo(512L * 512 * 8 - 1);
        assertThat(attribution.geometryDeadChanged()).isEqualTo(1);
    }

    @Test
    void agreesWithCountingOneByOneOnRandomBits() {
        // Given sizes that are no multiple of 8 and pieces that end within a kernel
        NetworkDescription small = Networks.named("resnet18", new InputShape(1, 28, 28));
        Map<String, DeadTaps> taps = taps(small);
        Arrays32 start = Arrays32.of(small, (p, i) -> 1);
        Arrays32 to = Arrays32.of(small, (p, i) -> draw(p, i, 1) < 0.3 ? 2 : 1);
        Bits evidence = Bits.of(
                small,
                (bit, p, i) -> draw(p, i, 1) < 0.3 || draw(p, i, bit == Evidence.Bit.GRADIENT_SEEN ? 2 : 3) < 0.5);

        // When
        MovementResult result = measure(small, start, to, evidence);

        // Then
        for (Parameter parameter : small.parameters()) {
            assertThat(of(result, parameter.name()))
                    .as(parameter.name())
                    .isEqualTo(oneByOne(taps.get(parameter.name()), parameter, start, to));
        }
    }

    private static double draw(Parameter parameter, int index, int salt) {
        long mixed = (parameter.name().hashCode() * 31L + index) * 0x9E3779B97F4A7C15L + salt * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 32)) * 0x94D049BB133111EBL;
        return (mixed >>> 11) * 0x1p-53;
    }

    private static Attribution oneByOne(@Nullable DeadTaps taps, Parameter parameter, Arrays32 start, Arrays32 to) {
        long[] counts = new long[6]; // geometry-dead, data-dead, absorbed, returned, unexplained, dead but changed
        for (int i = 0; i < parameter.size(); i++) {
            boolean dead = taps != null && taps.isDead(i);
            boolean seen = draw(parameter, i, 2) < 0.5;
            boolean changed = draw(parameter, i, 3) < 0.5;
            if (start.tensor(parameter)[i] != to.tensor(parameter)[i]) {
                counts[5] += dead ? 1 : 0;
            } else if (dead) {
                counts[0]++;
            } else if (!seen) {
                counts[changed ? 4 : 1]++;
            } else {
                counts[changed ? 3 : 2]++;
            }
        }
        long unchanged = counts[0] + counts[1] + counts[2] + counts[3] + counts[4];
        return new Attribution(
                true,
                unchanged,
                counts[0],
                counts[1],
                counts[2],
                counts[3],
                counts[4],
                counts[0] + counts[5],
                counts[5]);
    }

    @Test
    void refusesEvidenceThatSaysOfMovedValuesThatTheyNeverDid() {
        // Given
        Arrays32 start = Arrays32.of(LENET, (p, i) -> 0.5);
        Arrays32 to = Arrays32.of(LENET, (p, i) -> 0.75);
        Bits evidence = Bits.of(LENET, (bit, p, i) -> !p.name().equals("fc2.weight") || i != 1234);

        // Then
        assertThatThrownBy(() -> measure(LENET, start, to, evidence))
                .isInstanceOf(NotMeasurableException.class)
                .hasMessageContaining("fc2.weight: 1 values differ")
                .hasMessageContaining("evidence of this checkpoint");
    }
}
