package io.thetascope.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.thetascope.contracts.run.InputShape;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InitializersTest {

    private static final String UNIFORM = Initializers.KAIMING_UNIFORM;
    private static final String NORMAL = Initializers.KAIMING_NORMAL;

    private final NetworkDescription lenet = Networks.named("lenet", new InputShape(1, 32, 32));
    private final Parameter conv1 = lenet.parameters().get(0);
    private final Parameter fc1 = lenet.parameters().get(4);

    /** Oracle: MEASURES §1, 21.7 ± 0.5; in theory √(2·(6 + 16 + 120 + 84 + 10)) = 21.73. */
    @ParameterizedTest
    @ValueSource(strings = {UNIFORM, NORMAL})
    void normOfLeNetsStartIsWhatKaimingPredicts(String kind) {
        for (long seed = 1; seed <= 5; seed++) {
            assertThat(norm(lenet, kind, seed)).isCloseTo(21.7, within(0.5));
        }
    }

    /** Oracle: MEASURES §1, ResNet18 120.1 ± 0.5 with BatchNorm's γ = 1 counted, VGG19 165.6 ± 0.5. */
    @ParameterizedTest
    @ValueSource(strings = {UNIFORM, NORMAL})
    void normsOfTheLargeNetworksAreWhatKaimingPredicts(String kind) {
        InputShape colour = new InputShape(3, 32, 32);

        assertThat(norm(Networks.named("resnet18", colour), kind, 1)).isCloseTo(120.1, within(0.5));
        assertThat(norm(Networks.named("vgg19", colour), kind, 1)).isCloseTo(165.6, within(0.5));
    }

    /**
     * Change these and every θ0 of old runs is lost. Oracle: the same formulas written in Python with numpy's float32.
     */
    @Test
    void firstValuesOfFormatOneArePinned() {
        assertThat(Initializers.draw(1, UNIFORM, conv1, 1, 0, 4))
                .containsExactly(-0.021461135f, 0.23882736f, -0.3009334f, 0.1258209f);
        assertThat(Initializers.draw(1, NORMAL, conv1, 1, 0, 4))
                .containsExactly(-0.01348559f, -0.34334973f, -0.354984f, -0.37055627f);
        assertThat(Arrays.hashCode(Initializers.draw(1, UNIFORM, fc1, 1, 0, 48_000)))
                .isEqualTo(-976095610);
        assertThat(Arrays.hashCode(Initializers.draw(1, NORMAL, fc1, 1, 0, 48_000)))
                .isEqualTo(-1462551749);
    }

    /**
     * Change these and every θ0 of old runs is lost. Oracle: the same formulas written in Python with numpy's float32.
     */
    @Test
    void firstValuesArePinned() {
        assertThat(Initializers.draw(UNIFORM, conv1, 1, 0, 4))
                .containsExactly(0.07679622f, -0.21615307f, 0.2592685f, 0.06607534f);
        assertThat(Initializers.draw(NORMAL, conv1, 1, 0, 4))
                .containsExactly(-0.031978484f, -0.038603812f, 0.17225349f, 0.18829806f);
        assertThat(Arrays.hashCode(Initializers.draw(UNIFORM, fc1, 1))).isEqualTo(-1313948117);
        assertThat(Arrays.hashCode(Initializers.draw(NORMAL, fc1, 1))).isEqualTo(-2091148606);
    }

    /** Found on 2026-11-25 in format 1, where the correlation was −0.33; tolerance: four standard errors at n = 48,000. */
    @Test
    void uniformAndNormalStartsOfOneSeedAreIndependent() {
        assertThat(correlation(Initializers.draw(UNIFORM, fc1, 1), Initializers.draw(NORMAL, fc1, 1)))
                .isCloseTo(0, within(4 / Math.sqrt(48_000)));
    }

    @Test
    void refusesAFormatThatItDoesNotKnow() {
        assertThatThrownBy(() -> Initializers.draw(3, NORMAL, conv1, 1, 0, 4)).hasMessageContaining("format 3");
    }

    /** Oracle: variance 2 / 400, bound √(6 / 400); tolerance: four standard errors at n = 48,000. */
    @Test
    void uniformWeightsKeepTheirBoundAndVariance() {
        float[] weights = Initializers.draw(UNIFORM, fc1, 3);
        double bound = Math.sqrt(6.0 / 400);

        for (float weight : weights) {
            assertThat((double) Math.abs(weight)).isLessThanOrEqualTo(bound * (1 + 1e-7));
        }
        assertThat(mean(weights)).isCloseTo(0, within(4 * Math.sqrt(0.005 / 48_000)));
        assertThat(variance(weights)).isCloseTo(0.005, within(4 * 0.005 * Math.sqrt(0.8 / 48_000)));
        assertThat(max(weights)).isGreaterThan((float) (0.999 * bound));
    }

    /** Oracle: variance 2 / 400; tolerance: four standard errors at n = 48,000. */
    @Test
    void normalWeightsKeepTheirVariance() {
        float[] weights = Initializers.draw(NORMAL, fc1, 3);

        assertThat(mean(weights)).isCloseTo(0, within(4 * Math.sqrt(0.005 / 48_000)));
        assertThat(variance(weights)).isCloseTo(0.005, within(4 * 0.005 * Math.sqrt(2.0 / 48_000)));
    }

    @Test
    void biasesStartAtZeroAndBatchNormAtOneAndZero() {
        assertThat(Initializers.draw(NORMAL, lenet.parameters().get(1), 1)).containsOnly(0f);
        assertThat(Initializers.draw(UNIFORM, norm(ParameterKind.NORM_WEIGHT), 1))
                .containsOnly(1f);
        assertThat(Initializers.draw(UNIFORM, norm(ParameterKind.NORM_BIAS), 1)).containsOnly(0f);
    }

    @ParameterizedTest
    @ValueSource(strings = {UNIFORM, NORMAL})
    void anyPartAloneEqualsThatPartOfTheWhole(String kind) {
        float[] whole = Initializers.draw(kind, fc1, 11);

        assertThat(Initializers.draw(kind, fc1, 11, 1001, 500)).containsExactly(Arrays.copyOfRange(whole, 1001, 1501));
    }

    @Test
    void seedsAndParametersHaveStreamsOfTheirOwn() {
        Parameter other = new Parameter("fc9.weight", fc1.shape(), ParameterKind.WEIGHT, "fc9", fc1.fanIn());
        float[] weights = Initializers.draw(NORMAL, fc1, 1);

        assertThat(correlation(weights, Initializers.draw(NORMAL, fc1, 2))).isCloseTo(0, within(0.02));
        assertThat(correlation(weights, Initializers.draw(NORMAL, other, 1))).isCloseTo(0, within(0.02));
    }

    @Test
    void refusesAKindThatIsNotDrawnAndARangeOutsideTheParameter() {
        assertThatThrownBy(() -> Initializers.draw("pretrained", conv1, 1))
                .hasMessageContaining("pretrained")
                .hasMessageContaining("kaiming-normal");
        assertThatThrownBy(() -> Initializers.draw(NORMAL, conv1, 1, 149, 2)).hasMessageContaining("150 elements");
    }

    private static Parameter norm(ParameterKind kind) {
        return Parameter.of("bn1", kind, Shape.of(16), 1);
    }

    /** Of the whole θ0; of a tensor too large for a quick test its first part stands for the rest. */
    private static double norm(NetworkDescription network, String kind, long seed) {
        double sum = 0;
        for (Parameter parameter : network.parameters()) {
            int drawn = (int) Math.min(parameter.size(), 1_000_000);
            double squares = 0;
            for (float value : Initializers.draw(kind, parameter, seed, 0, drawn)) {
                squares += (double) value * value;
            }
            sum += squares * parameter.size() / drawn;
        }
        return Math.sqrt(sum);
    }

    private static double mean(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private static double variance(float[] values) {
        return correlationSum(values, values) / values.length;
    }

    private static float max(float[] values) {
        float max = Float.NEGATIVE_INFINITY;
        for (float value : values) {
            max = Math.max(max, value);
        }
        return max;
    }

    private static double correlation(float[] left, float[] right) {
        return correlationSum(left, right) / Math.sqrt(correlationSum(left, left) * correlationSum(right, right));
    }

    private static double correlationSum(float[] left, float[] right) {
        double leftMean = mean(left);
        double rightMean = mean(right);
        double sum = 0;
        for (int i = 0; i < left.length; i++) {
            sum += (left[i] - leftMean) * (right[i] - rightMean);
        }
        return sum;
    }
}
