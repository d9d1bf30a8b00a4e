package io.thetascope.measures.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class FunctionDistanceTest {
    @Test
    void isTheNormOfTheChangeByTheNormOfWhereItCameFrom() {
        assertThat(FunctionDistance.relative(new float[] {3, 4}, new float[] {3, 14}))
                .isEqualTo(2);
        assertThat(FunctionDistance.relative(new float[] {1, -2}, new float[] {-1, 2}))
                .isEqualTo(2);
        assertThat(FunctionDistance.relative(new float[] {1, -2}, new float[] {1, -2}))
                .isEqualTo(0);
    }

    @Test
    void isAbsentFromNothingAndNotFiniteWhereAValueIsNot() {
        assertThat(FunctionDistance.relative(new float[2], new float[] {1, 2})).isNull();
        assertThat(FunctionDistance.relative(new float[] {1, 2}, new float[] {1, Float.NaN}))
                .isNaN();
    }

    @Test
    void refusesOutputsOfDifferentNumbers() {
        assertThatThrownBy(() -> FunctionDistance.relative(new float[2], new float[3]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 and 3");
    }
}
