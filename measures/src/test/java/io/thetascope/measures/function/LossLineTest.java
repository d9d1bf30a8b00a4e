package io.thetascope.measures.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Objects;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class LossLineTest {
    private static LossLine line(DoubleUnaryOperator loss) {
        return LossLine.of(LossLine.alphas().stream().map(loss::applyAsDouble).toList());
    }

    @Test
    void pointsAreTenthsExactlyAsTheyAreWritten() {
        assertThat(LossLine.alphas()).containsExactly(0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0);
    }

    @Test
    void aParabolaRisesAboveItsChordInTheMiddle() {
        // L = 2 + 3α + 4α(1 − α): the chord is 2 + 3α, the summit above it 1
        LossLine line = line(a -> 2 + 3 * a + 4 * a * (1 - a));

        assertThat(Objects.requireNonNull(line.barrier())).isCloseTo(1, within(1e-15));
    }

    @Test
    void aConvexLossHasNoBarrier() {
        assertThat(line(a -> (a - 0.3) * (a - 0.3)).barrier()).isEqualTo(0);
    }

    @Test
    void aFlatLineHasNoneExactly() {
        assertThat(line(a -> 0.1).barrier()).isEqualTo(0);
    }

    @Test
    void aLossThatIsNotFiniteIsAbsentAndSoIsTheBarrier() {
        LossLine line = line(a -> a == 0.5 ? Double.NaN : a == 1 ? Double.POSITIVE_INFINITY : 1);

        assertThat(line.barrier()).isNull();
        assertThat(line.finite()).containsExactly(1.0, 1.0, 1.0, 1.0, 1.0, null, 1.0, 1.0, 1.0, 1.0, null);
    }

    @Test
    void refusesAnotherNumberOfPoints() {
        assertThatThrownBy(() -> LossLine.of(List.of(1.0, 2.0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("11 points: 2");
    }
}
