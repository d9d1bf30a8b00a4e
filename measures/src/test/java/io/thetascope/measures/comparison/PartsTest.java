package io.thetascope.measures.comparison;

import static io.thetascope.measures.SmallResidual.NETWORK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.thetascope.contracts.analysis.ComparisonResult;
import io.thetascope.contracts.analysis.Triangle;
import io.thetascope.contracts.run.InputShape;
import io.thetascope.measures.Arrays32;
import io.thetascope.measures.SmallResidual;
import io.thetascope.measures.Weights;
import io.thetascope.networks.NetworkDescription;
import io.thetascope.networks.Networks;
import io.thetascope.networks.Parameter;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.BiPredicate;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The parts of a triangle. Oracles: closed forms, and plain sums over all values. */
class PartsTest {
    private static final NetworkDescription LENET = Networks.named("lenet", new InputShape(1, 32, 32));
    private static final NetworkDescription RESNET = Networks.named("resnet18", new InputShape(3, 32, 32));
    private static final double RELATIVE = 1e-12;

    private static Triangle live(ComparisonResult result) {
        return Objects.requireNonNull(result.live());
    }

    /** ‖a − b‖² over the values that are wanted, summed up plainly. */
    private static double squares(Arrays32 a, Arrays32 b, BiPredicate<Parameter, Integer> wanted) {
        double sum = 0;
        for (Parameter parameter : NETWORK.parameters()) {
            for (int i = 0; i < parameter.size(); i++) {
                double difference = (double) a.tensor(parameter)[i] - b.tensor(parameter)[i];
                sum += wanted.test(parameter, i) ? difference * difference : 0;
            }
        }
        return sum;
    }

    private static boolean dead(Parameter parameter, int index) {
        return NETWORK.deadTaps(parameter).isDead(index);
    }

    @Test
    void everyTensorHasTheTriangleOfItsOwnNumbers() {
        // Given θ1 = 1, θp = −1, θ2 = −0.75, θ2same = 1.5 in conv1.weight, and nothing that moved elsewhere
        Arrays32[] sides = new Arrays32[4];
        double[] values = {1, -0.75, -1, 1.5};
        for (int side = 0; side < 4; side++) {
            double value = values[side];
            sides[side] = Arrays32.of(LENET, (p, i) -> p.name().equals("conv1.weight") ? value : 1);
        }

        // When
        ComparisonResult result = Comparison.measure(LENET, sides[0], sides[1], sides[2], sides[3]);

        // Then
        assertThat(result.layers())
                .extracting(Triangle::name)
                .isEqualTo(LENET.parameters().stream().map(Parameter::name).toList());
        Triangle conv1 = result.layers().get(0);
        double root = Math.sqrt(150);
        assertThat(conv1.parameters()).isEqualTo(150);
        assertThat(conv1.norm1()).isCloseTo(root, within(RELATIVE * root));
        assertThat(conv1.norm2()).isCloseTo(0.75 * root, within(RELATIVE * root));
        assertThat(conv1.distance()).isCloseTo(1.75 * root, within(RELATIVE * root));
        assertThat(conv1.cosine()).isCloseTo(-1, within(RELATIVE));
        assertThat(conv1.displaced()).isCloseTo(2 * root, within(RELATIVE * root));
        assertThat(conv1.moved()).isCloseTo(0.25 * root, within(RELATIVE * root));
        assertThat(conv1.departure()).isCloseTo(0.125, within(RELATIVE));
        assertThat(conv1.recovery()).isCloseTo(0.125, within(RELATIVE));
        assertThat(conv1.drift()).isCloseTo(0.5 * root, within(RELATIVE * root));
        assertThat(conv1.ratioToDrift()).isCloseTo(3.5, within(RELATIVE));
        Triangle bias = result.layers().get(1);
        assertThat(bias.distance()).isZero();
        assertThat(bias.recovery()).isNull();
        assertThat(bias.ratioToDrift()).isNull();
    }

    @Test
    void theSquaresOfTheTensorsAddUpToThoseOfTheWhole() {
        // When
        ComparisonResult result = Comparison.measure(
                NETWORK,
                SmallResidual.model(1),
                SmallResidual.model(2),
                SmallResidual.model(3),
                SmallResidual.model(4));

        // Then
        assertSum(result.layers(), Triangle::norm1, result.norm1());
        assertSum(result.layers(), Triangle::norm2, result.norm2());
        assertSum(result.layers(), Triangle::distance, result.distance());
        assertSum(result.layers(), t -> Objects.requireNonNull(t.displaced()), result.displaced());
        assertSum(result.layers(), t -> Objects.requireNonNull(t.moved()), result.moved());
        assertSum(result.layers(), t -> Objects.requireNonNull(t.drift()), result.drift());
    }

    private static void assertSum(List<Triangle> layers, ToDoubleFunction<Triangle> of, @Nullable Double known) {
        double whole = Objects.requireNonNull(known);
        double sum = layers.stream()
                .mapToDouble(layer -> of.applyAsDouble(layer) * of.applyAsDouble(layer))
                .sum();
        assertThat(sum).isCloseTo(whole * whole, within(RELATIVE * whole * whole));
    }

    @Test
    void theSquaresOfWhatIsLiveAndWhatIsDeadAddUpToThoseOfTheWhole() {
        // Given
        Arrays32 left = SmallResidual.model(1);
        Arrays32 right = SmallResidual.model(2);

        // When
        ComparisonResult result = Comparison.measure(NETWORK, left, right, null, null);

        // Then
        double deadSquares = squares(left, right, PartsTest::dead);
        double liveSquares = squares(left, right, (p, i) -> !dead(p, i));
        double liveDistance = live(result).distance();
        double whole = result.distance() * result.distance();
        assertThat(deadSquares).isPositive();
        assertThat(liveDistance * liveDistance).isCloseTo(liveSquares, within(RELATIVE * liveSquares));
        assertThat(liveDistance * liveDistance + deadSquares).isCloseTo(whole, within(RELATIVE * whole));
        assertThat(live(result).parameters()).isEqualTo(NETWORK.parameterCount() - NETWORK.geometryDeadCount());
    }

    @Test
    void leavesOutTheGeometryDeadParametersOfResnet18() {
        // When every value of the one is 1, of the other 3
        ComparisonResult result = Comparison.measure(RESNET, constant(1), constant(3), null, null);

        // Then 11,181,642 − 6,946,816
        assertThat(live(result).parameters()).isEqualTo(4_234_826);
        assertThat(live(result).distance()).isCloseTo(2 * Math.sqrt(4_234_826), within(1e-9));
        assertThat(result.distance()).isCloseTo(2 * Math.sqrt(11_181_642), within(1e-9));
        assertThat(result.layers()).hasSize(62);
        assertThat(result.moduloSign()).extracting(Triangle::parameters).isEqualTo(11_181_642L);
    }

    private static Weights constant(float value) {
        return (parameter, from, into, count) -> Arrays.fill(into, 0, count, value);
    }

    @Test
    void aNetworkWithoutBatchNormHasNoSignToTakeOut() {
        // Given
        Arrays32 left = Arrays32.random(LENET, 1, 0.2);

        // When
        ComparisonResult result = Comparison.measure(LENET, left, Arrays32.random(LENET, 2, 0.2), null, null);

        // Then all of it is live
        assertThat(result.moduloSign()).isNull();
        assertThat(live(result).parameters()).isEqualTo(61_706);
        assertThat(live(result).distance()).isCloseTo(result.distance(), within(RELATIVE));
    }
}
