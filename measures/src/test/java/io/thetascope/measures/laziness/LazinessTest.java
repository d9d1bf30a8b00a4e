package io.thetascope.measures.laziness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.thetascope.contracts.analysis.LazinessResult;
import io.thetascope.contracts.analysis.LazinessResult.LayerGates;
import io.thetascope.contracts.identity.Step;
import io.thetascope.measures.NotMeasurableException;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class LazinessTest {
    private static final int LOGITS = 6;

    /** What a network gives whose logit i at θ0 + tΔ is (i + 1) · f(t). */
    private static LazinessResult measure(DoubleUnaryOperator f, GateCounts gates) {
        double h = Laziness.STEP;
        return Laziness.measure(
                new Step(7),
                3,
                new Laziness.Logits(at(f, 0), at(f, 1), at(f, h), at(f, -h), at(f, h / 2), at(f, -h / 2)),
                gates,
                0.25);
    }

    private static float[] at(DoubleUnaryOperator f, double t) {
        float[] logits = new float[LOGITS];
        for (int i = 0; i < LOGITS; i++) {
            logits[i] = (float) ((i + 1) * f.applyAsDouble(t));
        }
        return logits;
    }

    @Test
    void linearFunctionHasNoResidual() {
        // powers of two, so that float32 is exact
        LazinessResult result = measure(t -> 2 + 4 * t, new GateCounts());

        assertThat(result.residual()).isZero();
        assertThat(result.residualUncertainty()).isZero();
        assertThat(result.relativeLive()).isEqualTo(0.25);
    }

    @Test
    void residualOfACubicIsTheClosedForm() {
        // f(1) − f(0) = 1 + a + b; central differences give 1 + b h²
        double a = 0.5;
        double b = 0.25;
        LazinessResult result = measure(t -> 2 + t + a * t * t + b * t * t * t, new GateCounts());

        double h = Laziness.STEP;
        double expected = (1 + a + b - (1 + b * h * h)) / (1 + a + b);
        double halved = (1 + a + b - (1 + b * h * h / 4)) / (1 + a + b);
        // float32 of logits near 10 leaves 1e-6 / h of the derivative open
        assertThat(result.residual()).isCloseTo(expected, within(2e-4));
        assertThat(result.residualUncertainty()).isCloseTo(Math.abs(expected - halved), within(5e-4));
    }

    @Test
    void functionThatDoesNotChangeHasNoResidual() {
        assertThat(measure(t -> 3, new GateCounts()).residual()).isNull();
    }

    @Test
    void gatesAreCountedByLayerAndOverAll() {
        GateCounts gates = new GateCounts();
        gates.add("relu1", new float[] {0, 1, 2, 0, 9}, new float[] {1, 1, 0, 0, 0}, 4); // the fifth is not counted
        gates.add("relu2", new float[] {0, 0}, new float[] {0, 3}, 2);
        gates.add("relu1", new float[] {0, 5}, new float[] {4, 5}, 2);

        LazinessResult result = measure(t -> t, gates);

        assertThat(result.gates()).containsExactly(new LayerGates("relu1", 3.0 / 6), new LayerGates("relu2", 1.0 / 2));
        assertThat(result.switchedGates()).isEqualTo(4.0 / 8);
    }

    @Test
    void refusesLogitsThatAreNotFinite() {
        assertThatThrownBy(() -> measure(t -> t == 1 ? Double.NaN : t, new GateCounts()))
                .isInstanceOf(NotMeasurableException.class)
                .hasMessageContaining("smaller learning rate");
    }
}
