package io.thetascope.measures;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CompensatedSumTest {
    @Test
    void keepsWhatAPlainSumLoses() {
        // Given
        CompensatedSum sum = new CompensatedSum();

        // When
        sum.add(1);
        sum.add(1e100);
        sum.add(1);
        sum.add(-1e100);

        // Then the closed form is 2; a plain sum says 0
        assertThat(sum.value()).isEqualTo(2);
    }

    @Test
    void agreesWithExactDecimalsAcrossScales() {
        // Given
        SplittableRandom random = new SplittableRandom(5);
        CompensatedSum one = new CompensatedSum();
        CompensatedSum two = new CompensatedSum();
        BigDecimal exact = BigDecimal.ZERO;

        // When
        for (int i = 0; i < 20_000; i++) {
            double value = random.nextDouble() * Math.pow(10, random.nextInt(-8, 8));
            (i % 2 == 0 ? one : two).add(value);
            exact = exact.add(new BigDecimal(value));
        }
        one.add(two);

        // Then within one unit in the last place of exact arithmetic
        assertThat(Math.abs(one.value() - exact.doubleValue())).isLessThanOrEqualTo(Math.ulp(exact.doubleValue()));
    }

    @Test
    void isNotFiniteOnceAValueWasNot() {
        // Given
        CompensatedSum sum = new CompensatedSum();

        // When
        sum.add(Double.POSITIVE_INFINITY);
        sum.add(1);

        // Then
        assertThat(Double.isFinite(sum.value())).isFalse();
    }
}
