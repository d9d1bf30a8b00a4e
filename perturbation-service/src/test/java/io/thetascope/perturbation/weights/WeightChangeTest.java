package io.thetascope.perturbation.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thetascope.networks.Parameter;
import io.thetascope.perturbation.Examples;
import org.junit.jupiter.api.Test;

class WeightChangeTest {
    private static final Parameter WEIGHT = Examples.LENET.parameters().get(0);
    private static final float[] DELICATE = {
        0f, -0f, 1f, -1.5f, Float.MIN_VALUE, -Float.MAX_VALUE, Float.POSITIVE_INFINITY, 0.1f
    };

    @Test
    void signFlipInvertsTheSignBitAndNothingElse() {
        float[] expected = {-0f, 0f, -1f, 1.5f, -Float.MIN_VALUE, Float.MAX_VALUE, Float.NEGATIVE_INFINITY, -0.1f};
        assertThat(bits(changed(new WeightChange.SignFlip()))).containsExactly(bits(expected));
    }

    @Test
    void signFlipTwiceGivesTheSameBits() {
        float[] values = DELICATE.clone();
        WeightChange flip = new WeightChange.SignFlip();
        flip.apply(WEIGHT, 0, values, values.length);
        flip.apply(WEIGHT, 0, values, values.length);
        assertThat(bits(values)).containsExactly(bits(DELICATE));
    }

    @Test
    void epsilonIsRoundedToAFloatAndTheSumOnce() {
        // Oracle: IEEE 754 binary32, 1e-6 as a float is 0x358637BD; 0.1f + that is exact in double, then rounded
        float epsilon = Float.intBitsToFloat(0x358637BD);
        float[] expected = new float[DELICATE.length];
        for (int i = 0; i < expected.length; i++) {
            expected[i] = (float) ((double) DELICATE[i] + (double) epsilon);
        }
        assertThat(bits(changed(WeightChange.AddEpsilon.of(1e-6)))).containsExactly(bits(expected));
    }

    @Test
    void epsilonOfZeroKeepsMinusZero() {
        assertThat(bits(changed(WeightChange.AddEpsilon.of(0)))).containsExactly(bits(DELICATE));
        assertThat(bits(changed(WeightChange.AddEpsilon.of(-0.0)))).containsExactly(bits(DELICATE));
        assertThat(bits(changed(WeightChange.AddEpsilon.of(1e-60)))).containsExactly(bits(DELICATE));
    }

    @Test
    void epsilonThatNoFloatHoldsIsRefused() {
        assertThatThrownBy(() -> WeightChange.AddEpsilon.of(1e300)).hasMessageContaining("Infinity");
    }

    @Test
    void onlyTheFirstValuesAreChanged() {
        float[] values = {1f, 2f, 3f};
        new WeightChange.SignFlip().apply(WEIGHT, 0, values, 2);
        assertThat(values).containsExactly(-1f, -2f, 3f);
    }

    private static float[] changed(WeightChange change) {
        float[] values = DELICATE.clone();
        change.apply(WEIGHT, 0, values, values.length);
        return values;
    }

    private static int[] bits(float[] values) {
        int[] bits = new int[values.length];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = Float.floatToRawIntBits(values[i]);
        }
        return bits;
    }
}
