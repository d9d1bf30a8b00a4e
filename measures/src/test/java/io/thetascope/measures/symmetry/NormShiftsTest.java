package io.thetascope.measures.symmetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.thetascope.contracts.analysis.NormShift;
import io.thetascope.contracts.run.InputShape;
import io.thetascope.networks.NetworkBuilder;
import io.thetascope.networks.NetworkDescription;
import io.thetascope.networks.Window;
import org.junit.jupiter.api.Test;

/** Oracle: BatchNorm's own formula, in double, before and after the flip. */
class NormShiftsTest {
    private static final int UNITS = 7;
    private static final NetworkDescription NETWORK = new NetworkBuilder("normed", new InputShape(1, 2, 2))
            .unbiasedConv("conv", UNITS, new Window(2, 1, 0))
            .batchNorm("bn")
            .relu("relu")
            .flatten("flatten")
            .linear("fc", 2)
            .build();

    private static final Planted MODEL = Planted.random(NETWORK, 4);

    /** What the BatchNorm gives for the convolution's output x, parameters and x times these signs. */
    private static double output(Planted model, int unit, double x, int sign) {
        double gamma = sign * model.tensor("bn.weight")[unit];
        double beta = sign * model.tensor("bn.bias")[unit];
        double sigma = Math.sqrt(model.tensor("bn.running_var")[unit] + 1e-5);
        return gamma * (sign * x - model.tensor("bn.running_mean")[unit]) / sigma + beta;
    }

    private static double rootMeanSquareOfTheShift(Planted model) {
        double squares = 0;
        for (int unit = 0; unit < UNITS; unit++) {
            double x = 0.3 * unit - 1; // the shift must not depend on it
            squares += Math.pow(output(model, unit, x, -1) - output(model, unit, x, 1), 2);
        }
        return Math.sqrt(squares / UNITS);
    }

    private static Planted without(String zeroed) {
        return MODEL.changed((tensor, i, value) -> tensor.name().equals(zeroed) ? 0 : value);
    }

    private static NormShift shift(Planted model) {
        return NormShifts.of(NETWORK, model.checkpoint()).get(0);
    }

    @Test
    void theShiftsAreThoseOfAFlippedBatchNorm() {
        // Given no bias, and no mean: of the two parts of the shift one is left
        Planted unbiased = without("bn.bias");
        Planted centred = without("bn.running_mean");

        // Then
        assertThat(shift(MODEL).meanShift()).isCloseTo(rootMeanSquareOfTheShift(unbiased), within(1e-12));
        assertThat(shift(MODEL).biasShift()).isCloseTo(rootMeanSquareOfTheShift(centred), within(1e-12));
        assertThat(shift(unbiased).biasShift()).isZero();
        assertThat(shift(centred).meanShift()).isZero();
    }

    @Test
    void everyUnitIsOffByTwiceTheMeanLessTwiceTheBias() {
        for (int unit = 0; unit < UNITS; unit++) {
            double sigma = Math.sqrt(MODEL.tensor("bn.running_var")[unit] + 1e-5);
            double expected = 2.0 * MODEL.tensor("bn.weight")[unit] * MODEL.tensor("bn.running_mean")[unit] / sigma
                    - 2.0 * MODEL.tensor("bn.bias")[unit];
            assertThat(output(MODEL, unit, 0.7, -1) - output(MODEL, unit, 0.7, 1))
                    .isCloseTo(expected, within(1e-12));
        }
    }

    @Test
    void namesTheLayerAndItsUnits() {
        assertThat(NormShifts.of(NETWORK, MODEL.checkpoint())).hasSize(1);
        assertThat(shift(MODEL).layer()).isEqualTo("bn");
        assertThat(shift(MODEL).units()).isEqualTo(UNITS);
    }
}
