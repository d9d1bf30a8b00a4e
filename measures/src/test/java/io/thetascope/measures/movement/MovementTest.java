package io.thetascope.measures.movement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.thetascope.contracts.analysis.LayerMovement;
import io.thetascope.contracts.analysis.MovementResult;
import io.thetascope.contracts.identity.Step;
import io.thetascope.contracts.run.InputShape;
import io.thetascope.measures.Arrays32;
import io.thetascope.measures.NotMeasurableException;
import io.thetascope.networks.Initializers;
import io.thetascope.networks.NetworkDescription;
import io.thetascope.networks.Networks;
import io.thetascope.networks.Parameter;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MovementTest {
    private static final NetworkDescription LENET = Networks.named("lenet", new InputShape(1, 32, 32));
    private static final double RELATIVE = 1e-12;

    private static MovementResult measure(Arrays32 start, Arrays32 from, Arrays32 to) {
        return Movement.measure(LENET, new Step(10), new Step(20), start, null, from, to, null);
    }

    @Test
    void givesTheClosedFormForConstantWeights() {
        // Given
        Arrays32 start = Arrays32.of(LENET, (p, i) -> 3);
        Arrays32 from = Arrays32.of(LENET, (p, i) -> 3.5);
        Arrays32 to = Arrays32.of(LENET, (p, i) -> 4);

        // When
        MovementResult result = measure(start, from, to);

        // Then ‖c‖ = |c|·√61,706
        double root = Math.sqrt(61_706);
        assertThat(result.parameters()).isEqualTo(61_706);
        assertThat(result.distance()).isCloseTo(0.5 * root, within(RELATIVE * root));
        assertThat(result.distanceFromStart()).isCloseTo(root, within(RELATIVE * root));
        assertThat(result.norm()).isCloseTo(4 * root, within(4 * RELATIVE * root));
        assertThat(result.startNorm()).isCloseTo(3 * root, within(3 * RELATIVE * root));
        assertThat(result.relative()).isCloseTo(1 / 3.0, within(RELATIVE));
        assertThat(result.cosineToStart()).isCloseTo(1, within(RELATIVE));
        assertThat(result.changed()).containsEntry("0", 1.0).containsEntry("1e-1", 1.0);
        assertThat(result.layers()).allSatisfy(l -> assertThat(l.rmsFromStart()).isCloseTo(1, within(RELATIVE)));
    }

    @Test
    void agreesWithExactDecimalsOnRandomWeights() {
        // Given
        Arrays32 start = Arrays32.random(LENET, 1, 0.2);
        Arrays32 from = start.plus(LENET, Arrays32.random(LENET, 2, 1e-3));
        Arrays32 to = from.plus(LENET, Arrays32.random(LENET, 3, 1e-5));

        // When
        MovementResult result = measure(start, from, to);

        // Then every norm agrees with arithmetic without rounding
        assertThat(result.distance()).isCloseTo(exactDistance(from, to), within(RELATIVE * result.distance()));
        assertThat(result.distanceFromStart())
                .isCloseTo(exactDistance(start, to), within(RELATIVE * result.distanceFromStart()));
    }

    private static double exactDistance(Arrays32 a, Arrays32 b) {
        BigDecimal sum = BigDecimal.ZERO;
        for (Parameter parameter : LENET.parameters()) {
            for (int i = 0; i < parameter.size(); i++) {
                BigDecimal difference =
                        new BigDecimal(a.tensor(parameter)[i]).subtract(new BigDecimal(b.tensor(parameter)[i]));
                sum = sum.add(difference.multiply(difference), MathContext.DECIMAL128);
            }
        }
        return sum.sqrt(MathContext.DECIMAL64).doubleValue();
    }

    @Test
    void layersAddUpToTheWhole() {
        // Given
        Arrays32 start = Arrays32.random(LENET, 4, 0.2);
        Arrays32 to = start.plus(LENET, Arrays32.random(LENET, 5, 0.1));

        // When
        MovementResult result = measure(start, start, to);

        // Then by Pythagoras
        double squares = result.layers().stream()
                .mapToDouble(l -> l.distance() * l.distance())
                .sum();
        assertThat(Math.sqrt(squares)).isCloseTo(result.distance(), within(RELATIVE * result.distance()));
        assertThat(result.distance()).isEqualTo(result.distanceFromStart());
        assertThat(result.layers())
                .extracting(LayerMovement::name)
                .startsWith("conv1.weight", "conv1.bias")
                .endsWith("fc3.weight", "fc3.bias");
        assertThat(result.layers()).extracting(LayerMovement::kind).startsWith("weight", "bias");
    }

    @Test
    void countsTheChangeCurveStrictlyAboveEveryThreshold() {
        // Given a tenth of the values moved by 2⁻¹⁰, one by exactly 2⁻²⁰, −0 against +0 elsewhere
        Arrays32 start = Arrays32.of(LENET, (p, i) -> -0.0);
        Arrays32 to = Arrays32.of(LENET, (p, i) -> {
            boolean bias = p.name().equals("fc1.bias"); // 120 values
            return bias && i < 12 ? 0x1p-10 : bias && i == 12 ? 0x1p-20 : 0.0;
        });

        // When
        MovementResult result = measure(start, start, to);

        // Then 2⁻¹⁰ ≈ 9.8e-4, 2⁻²⁰ ≈ 9.5e-7
        LayerMovement layer = result.layers().stream()
                .filter(l -> l.name().equals("fc1.bias"))
                .findFirst()
                .orElseThrow();
        assertThat(layer.changed())
                .isEqualTo(Map.of(
                        "0", 13 / 120.0,
                        "1e-8", 13 / 120.0,
                        "1e-7", 13 / 120.0,
                        "1e-6", 12 / 120.0,
                        "1e-5", 12 / 120.0,
                        "1e-4", 12 / 120.0,
                        "1e-3", 0.0,
                        "1e-2", 0.0,
                        "1e-1", 0.0));
        assertThat(result.changed()).containsEntry("0", 13 / 61_706.0);
        assertThat(layer.changed().keySet()).containsExactlyElementsOf(ChangeCurve.KEYS);
    }

    @Test
    void leavesRatiosOutWhereTheirBaseIsZero() {
        // Given fresh biases, which are 0
        Arrays32 start = Arrays32.of(LENET, (p, i) -> p.name().endsWith("bias") ? 0 : 1);
        Arrays32 to = Arrays32.of(LENET, (p, i) -> 1);

        // When
        LayerMovement bias = measure(start, start, to).layers().get(1);

        // Then
        assertThat(bias.relative()).isNull();
        assertThat(bias.cosineToStart()).isNull();
        assertThat(bias.distanceFromStart()).isCloseTo(Math.sqrt(6), within(RELATIVE));
    }

    @Test
    void knowsTheNormOfAKaimingStart() {
        // Given
        Arrays32 start = Arrays32.of(LENET, new Drawn()::at);

        // When
        MovementResult result = measure(start, Arrays32.random(LENET, 3, 0.1), start);

        // Then MEASURES §1: 21.7 ± 0.5
        assertThat(result.startNorm()).isCloseTo(21.7, within(0.5));
        assertThat(result.cosineToStart()).isCloseTo(1, within(RELATIVE));
        assertThat(result.changed()).containsEntry("0", 0.0);
    }

    private static final class Drawn {
        private float[] values = new float[0];

        double at(Parameter parameter, int index) {
            if (index == 0) {
                values = Initializers.draw("kaiming-uniform", parameter, 1);
            }
            return values[index];
        }
    }

    @Test
    void refusesValuesThatAreNotFinite() {
        // Given
        Arrays32 start = Arrays32.random(LENET, 6, 0.2);
        Arrays32 to =
                Arrays32.of(LENET, (p, i) -> p.name().equals("fc2.weight") && i == 7 ? Double.NaN : start.tensor(p)[i]);

        // Then
        assertThatThrownBy(() -> measure(start, start, to))
                .isInstanceOf(NotMeasurableException.class)
                .hasMessageContaining("fc2.weight")
                .hasMessageContaining("not finite");
    }
}
