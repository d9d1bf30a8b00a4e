package io.thetascope.measures.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.thetascope.contracts.analysis.ComparisonResult;
import io.thetascope.contracts.run.InputShape;
import io.thetascope.measures.Arrays32;
import io.thetascope.measures.NotMeasurableException;
import io.thetascope.networks.NetworkDescription;
import io.thetascope.networks.Networks;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static final NetworkDescription LENET = Networks.named("lenet", new InputShape(1, 32, 32));
    private static final double TOLERANCE = 1e-12;
    private static final double ROOT = Math.sqrt(61_706);

    private static Arrays32 constant(double value) {
        return Arrays32.of(LENET, (p, i) -> value);
    }

    @Test
    void givesTheTriangleOfAFlipThatStayedWhereItWasPut() {
        // Given θ1 = 1, θp = −1, θ2 = −0.75, θ2same = 1.5
        ComparisonResult result = Comparison.measure(LENET, constant(1), constant(-0.75), constant(-1), constant(1.5));

        // Then the closed forms, in units of √n
        assertThat(result.norm1()).isCloseTo(ROOT, within(TOLERANCE * ROOT));
        assertThat(result.norm2()).isCloseTo(0.75 * ROOT, within(TOLERANCE * ROOT));
        assertThat(result.distance()).isCloseTo(1.75 * ROOT, within(TOLERANCE * ROOT));
        assertThat(result.cosine()).isCloseTo(-1, within(TOLERANCE));
        assertThat(result.displaced()).isCloseTo(2 * ROOT, within(TOLERANCE * ROOT));
        assertThat(result.moved()).isCloseTo(0.25 * ROOT, within(TOLERANCE * ROOT));
        assertThat(result.departure()).isCloseTo(0.125, within(TOLERANCE));
        assertThat(result.recovery()).isCloseTo(0.125, within(TOLERANCE));
        assertThat(result.drift()).isCloseTo(0.5 * ROOT, within(TOLERANCE * ROOT));
        assertThat(result.ratioToDrift()).isCloseTo(3.5, within(TOLERANCE));
        assertThat(result.belowDrift()).isFalse();
        assertThat(result.label()).isNull();
    }

    @Test
    void labelsADisplacementBelowATenthOfTheDrift() {
        // Given
        ComparisonResult below =
                Comparison.measure(LENET, constant(1), constant(1.5), constant(1.03125), constant(1.5));
        ComparisonResult above = Comparison.measure(LENET, constant(1), constant(1.5), constant(1.0625), constant(1.5));

        // Then 0.03125 < 0.05 < 0.0625
        assertThat(below.belowDrift()).isTrue();
        assertThat(below.label()).isEqualTo("displacement below drift");
        assertThat(above.belowDrift()).isFalse();
        assertThat(above.label()).isNull();
    }

    @Test
    void saysNothingOfDepartureAndRecoveryWithoutAPerturbedModel() {
        // Given
        Arrays32 left = Arrays32.random(LENET, 1, 0.2);
        Arrays32 right = Arrays32.random(LENET, 2, 0.2);

        // When
        ComparisonResult result = Comparison.measure(LENET, left, right, null, null);

        // Then
        assertThat(result.displaced()).isNull();
        assertThat(result.moved()).isNull();
        assertThat(result.departure()).isNull();
        assertThat(result.recovery()).isNull();
        assertThat(result.drift()).isNull();
        assertThat(result.belowDrift()).isNull();
        assertThat(result.label()).isNull();
        assertThat(result.cosine()).isBetween(-0.02, 0.02); // independent, 61,706 dimensions: deviation 0.004
    }

    @Test
    void saysNothingOfDepartureAndRecoveryAtDisplacementZero() {
        // Given ε = 0
        ComparisonResult result = Comparison.measure(LENET, constant(1), constant(2), constant(1), constant(2));

        // Then
        assertThat(result.displaced()).isZero();
        assertThat(result.departure()).isNull();
        assertThat(result.recovery()).isNull();
        assertThat(result.belowDrift()).isTrue();
        assertThat(result.ratioToDrift()).isEqualTo(1);
    }

    @Test
    void saysThatTheDriftIsUnknownWithoutASameSeedTwin() {
        // When a model is perturbed and retrained, but no twin was trained
        ComparisonResult result = Comparison.measure(LENET, constant(1), constant(1.5), constant(1.03125), null);

        // Then the raw numbers are there, and the label says that they cannot be judged
        assertThat(result.label()).isEqualTo("drift unknown");
        assertThat(result.belowDrift()).isNull();
        assertThat(result.drift()).isNull();
        assertThat(result.recovery()).isCloseTo(-15, within(TOLERANCE));
    }

    @Test
    void agreesWithTheLawOfCosines() {
        // Given
        Arrays32 left = Arrays32.random(LENET, 3, 0.2);
        Arrays32 right = left.plus(LENET, Arrays32.random(LENET, 4, 0.1));

        // When
        ComparisonResult result = Comparison.measure(LENET, left, right, null, null);

        // Then d² = a² + b² − 2ab·cos
        double a = result.norm1();
        double b = result.norm2();
        double cosine = result.cosine() == null ? 0 : result.cosine();
        assertThat(result.distance() * result.distance())
                .isCloseTo(a * a + b * b - 2 * a * b * cosine, within(TOLERANCE * a * b));
    }

    @Test
    void refusesValuesThatAreNotFinite() {
        assertThatThrownBy(() -> Comparison.measure(LENET, constant(1), constant(Double.NEGATIVE_INFINITY), null, null))
                .isInstanceOf(NotMeasurableException.class)
                .hasMessageContaining("conv1.weight");
    }
}
