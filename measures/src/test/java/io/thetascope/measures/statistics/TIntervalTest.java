package io.thetascope.measures.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TIntervalTest {
    @Test
    void hasTheQuantilesOfThePrintedTable() {
        // Given the deviation 1 that 1, 2, 3 have, and t(0.975, 2) = 4.302652729911275 (SciPy's t.ppf)
        TInterval three = TInterval.of(List.of(1.0, 2.0, 3.0)).orElseThrow();

        // Then
        assertThat(three.n()).isEqualTo(3);
        assertThat(three.mean()).isCloseTo(2, within(1e-15));
        assertThat(three.halfWidth()).isCloseTo(4.302652729911275 / Math.sqrt(3), within(1e-10));
        assertThat(three.low()).isCloseTo(-0.4841377118, within(1e-9));
        assertThat(three.high()).isCloseTo(4.4841377118, within(1e-9));

        // And with one degree of freedom t is tan(π (p − ½)), s = √2/2 for 0 and 1
        TInterval two = TInterval.of(List.of(0.0, 1.0)).orElseThrow();
        assertThat(two.halfWidth()).isCloseTo(Math.tan(Math.PI * 0.475) * 0.5, within(1e-9));
    }

    @Test
    void isAPointWhereAllValuesAreEqual() {
        TInterval interval = TInterval.of(List.of(0.6213, 0.6213, 0.6213)).orElseThrow();
        assertThat(interval.low()).isCloseTo(0.6213, within(1e-15));
        assertThat(interval.halfWidth()).isEqualTo(0);
    }

    @Test
    void isAbsentForFewerThanTwoValues() {
        assertThat(TInterval.of(List.of())).isEmpty();
        assertThat(TInterval.of(List.of(0.5))).isEmpty();
    }

    @Test
    void refusesWhatIsNotFinite() {
        assertThatThrownBy(() -> TInterval.of(Arrays.asList(1.0, Double.NaN)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("NaN");
    }

    @Test
    void holdsTheTrueMeanNinetyFiveTimesInAHundred() {
        // Given 20,000 samples of five standard normal values
        Random random = new Random(9);
        int held = 0;
        int trials = 20_000;
        for (int trial = 0; trial < trials; trial++) {
            List<Double> values = random.doubles(5, 0, 1)
                    .mapToObj(ignored -> random.nextGaussian())
                    .toList();

            // When
            TInterval interval = TInterval.of(values).orElseThrow();
            held += interval.low() <= 0 && 0 <= interval.high() ? 1 : 0;
        }

        // Then within five standard errors √(0.95 · 0.05 / 20,000) of 95 %
        assertThat(held / (double) trials).isCloseTo(0.95, within(0.0077));
    }
}
