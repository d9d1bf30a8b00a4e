package io.thetascope.measures.comparison;

import static io.thetascope.measures.SmallResidual.NETWORK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.thetascope.contracts.analysis.ComparisonResult;
import io.thetascope.contracts.analysis.Triangle;
import io.thetascope.contracts.run.InputShape;
import io.thetascope.measures.Arrays32;
import io.thetascope.measures.NotMeasurableException;
import io.thetascope.measures.SmallResidual;
import io.thetascope.measures.Weights;
import io.thetascope.networks.NetworkDescription;
import io.thetascope.networks.Networks;
import io.thetascope.networks.Parameter;
import io.thetascope.networks.ParameterKind;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The triangle modulo BatchNorm's sign. Oracles: signs that were planted, and plain sums over what they leave. */
class ModuloSignTest {
    private static final NetworkDescription RESNET = Networks.named("resnet18", new InputShape(3, 32, 32));
    private static final double RELATIVE = 1e-12;

    private static ComparisonResult compared(Arrays32 left, Arrays32 right) {
        return Comparison.measure(NETWORK, left, right, null, null);
    }

    private static Triangle moduloSign(ComparisonResult result) {
        return Objects.requireNonNull(result.moduloSign());
    }

    @Test
    void aFlipCountsOnlyWhatNoBatchNormUndoes() {
        // Given
        Arrays32 left = SmallResidual.model(5);
        Arrays32 flipped = SmallResidual.negated(left);

        // When
        ComparisonResult result = compared(left, flipped);

        // Then β and the last layer are left: twice their norm
        double expected = 2 * Math.sqrt(squaresOfBetaAndHead(left));
        assertThat(moduloSign(result).distance()).isCloseTo(expected, within(RELATIVE * expected));
        assertThat(result.distance()).isCloseTo(2 * result.norm1(), within(RELATIVE * result.norm1()));
        assertThat(moduloSign(result).norm1()).isCloseTo(result.norm1(), within(RELATIVE * result.norm1()));
    }

    private static double squaresOfBetaAndHead(Arrays32 model) {
        double sum = 0;
        for (Parameter parameter : NETWORK.parameters()) {
            if (parameter.kind() == ParameterKind.NORM_BIAS || parameter.layer().equals("fc")) {
                for (float value : model.tensor(parameter)) {
                    sum += (double) value * value;
                }
            }
        }
        return sum;
    }

    @Test
    void aPlantedTurnOfUnitsIsUndoneExactly() {
        // Given
        Arrays32 left = SmallResidual.model(6);
        Arrays32 right = SmallResidual.turned(left, (block, unit) -> (block + unit) % 3 == 0);

        // When
        ComparisonResult result = compared(left, right);

        // Then
        assertThat(result.distance()).isGreaterThan(1);
        assertThat(moduloSign(result).distance()).isZero();
        assertThat(moduloSign(result).cosine()).isCloseTo(1, within(RELATIVE));
    }

    @Test
    void aTurnOfResnet18IsUndoneOverManyPieces() {
        // Given tensors of up to 2,359,296 values, read in pieces of 16,384 that no row of a filter divides
        Weights left = (parameter, from, into, count) -> {
            for (int i = 0; i < count; i++) {
                into[i] = (float) Math.cos((double) (from + i + 1));
            }
        };
        Weights right = (parameter, from, into, count) -> {
            left.read(parameter, from, into, count);
            boolean turns = !parameter.layer().equals("fc") && !parameter.kind().equals(ParameterKind.NORM_BIAS);
            long row = parameter.size() / parameter.shape().extent(0);
            for (int i = 0; turns && i < count; i++) {
                into[i] = (from + i) / row % 2 == 0 ? -into[i] : into[i];
            }
        };

        // When
        ComparisonResult result = Comparison.measure(RESNET, left, right, null, null);

        // Then
        assertThat(result.distance()).isGreaterThan(1000);
        assertThat(moduloSign(result).distance()).isZero();
    }

    @Test
    void everyModelIsTurnedByItsOwnSigns() {
        // Given a child that was displaced by a turn of some units, a retraining that turned others, a twin that turned
        // all
        Arrays32 parent = SmallResidual.model(7);
        Arrays32 child = SmallResidual.turned(parent, (block, unit) -> unit % 2 == 0);
        Arrays32 end = SmallResidual.turned(parent, (block, unit) -> unit % 3 == 0);
        Arrays32 twin = SmallResidual.turned(parent, (block, unit) -> true);

        // When
        ComparisonResult result = Comparison.measure(NETWORK, parent, end, child, twin);

        // Then they are one model
        assertThat(moduloSign(result).distance()).isZero();
        assertThat(moduloSign(result).displaced()).isZero();
        assertThat(moduloSign(result).moved()).isZero();
        assertThat(moduloSign(result).drift()).isZero();
        assertThat(result.displaced()).isGreaterThan(1);
        assertThat(result.moved()).isGreaterThan(1);
        assertThat(result.drift()).isGreaterThan(1);
    }

    @Test
    void aUnitWhoseGammaIsZeroStaysAsItIs() {
        // Given γ = 0 for unit 3 of bn1, whose filter and bias the other has negated
        Arrays32 left = withGamma(0);
        Arrays32 right = SmallResidual.turned(left, (block, unit) -> block == 1 && unit == 3);

        // Then nothing tells which sign is the one to keep
        ComparisonResult result = compared(left, right);
        assertThat(result.distance()).isPositive();
        assertThat(moduloSign(result).distance()).isCloseTo(result.distance(), within(RELATIVE));
    }

    private static Arrays32 withGamma(double gamma) {
        Arrays32 model = SmallResidual.model(8);
        return Arrays32.of(NETWORK, (p, i) -> p.name().equals("bn1.weight") && i == 3 ? gamma : model.tensor(p)[i]);
    }

    @Test
    void aGammaThatIsNotANumberIsRefusedByName() {
        assertThatThrownBy(() -> compared(SmallResidual.model(8), withGamma(Double.NaN)))
                .isInstanceOf(NotMeasurableException.class)
                .hasMessageContaining("bn1.weight");
    }
}
