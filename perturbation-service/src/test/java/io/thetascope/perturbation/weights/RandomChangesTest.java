package io.thetascope.perturbation.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.run.InputShape;
import io.thetascope.networks.NetworkDescription;
import io.thetascope.networks.Networks;
import io.thetascope.networks.Parameter;
import io.thetascope.networks.ParameterScope;
import io.thetascope.perturbation.Examples;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Change the literals and the children of old parents are lost. */
class RandomChangesTest {
    // Oracle of the literals: SplitMix64, Box–Muller and the arithmetic of float32 in numpy, from the text of the ADR
    private static final float[] THETA = {0.1f, -0.2f, 0.3f, -0.4f, 0f, -0f, 1e-3f, -1e-3f};
    private static final RunId PARENT = new RunId("r0123456789abcdef0123");
    private static final Parameter WEIGHT = Examples.LENET.parameters().get(0); // conv1.weight
    private static final Parameter BIAS = Examples.LENET.parameters().get(1);

    @Test
    void randomSignsInvertSignBits() {
        assertBits(
                new WeightChange.FlipSigns(draws("random-signs", 1)),
                0xbdcccccd,
                0xbe4ccccd,
                0x3e99999a,
                0x3ecccccd,
                0x80000000,
                0x80000000,
                0xba83126f,
                0x3a83126f);
    }

    @Test
    void randomSignsOfASizeAreAddedAsFloats() {
        assertBits(
                WeightChange.AddSigns.of(draws("random-signs", 1), 1e-3),
                0x3dcac083,
                0xbe4bc6a8,
                0x3e9a1cac,
                0xbecd4fdf,
                0xba83126f,
                0x3a83126f,
                0x00000000,
                0xbb03126f);
    }

    @Test
    void ulpGivesTheNextFloatUpOrDown() {
        assertBits(
                new WeightChange.NextFloat(draws("ulp", 1)),
                0x3dccccce,
                0xbe4ccccc,
                0x3e999999,
                0xbecccccc,
                0x00000001,
                0x00000001,
                0x3a831270,
                0xba831270);
    }

    @Test
    void gaussianIsAddedInDoubleAndRoundedOnce() {
        ParameterScope scope = new ParameterScope(Examples.LENET, "conv1");
        double norm = Displacements.ofNormals(scope, draws("gaussian", 1));
        assertThat(norm).isCloseTo(13.315150509593117, offset(1e-12));
        assertBits(
                new WeightChange.AddNormals(draws("gaussian", 1), 0.5 / norm),
                0x3dc7d6d8,
                0xbe777a94,
                0x3ec0b35c,
                0xbecad731,
                0xbd0dfef4,
                0x3be1cdd5,
                0x3c6936d9,
                0xbd1ff377);
    }

    @Test
    void piecesGiveWhatTheWholeGives() {
        for (WeightChange change : List.of(
                new WeightChange.FlipSigns(draws("random-signs", 3)),
                new WeightChange.AddSigns(draws("random-signs", 3), 1e-2f),
                new WeightChange.NextFloat(draws("ulp", 3)),
                new WeightChange.AddNormals(draws("gaussian", 3), 1e-2))) {
            float[] whole = new float[150];
            change.apply(WEIGHT, 0, whole, 150);
            float[] pieced = new float[150];
            for (int from = 0; from < 150; from += 7) {
                int count = Math.min(7, 150 - from);
                float[] piece = new float[7];
                change.apply(WEIGHT, from, piece, count);
                System.arraycopy(piece, 0, pieced, from, count);
            }
            assertThat(bits(pieced)).as(change.toString()).containsExactly(bits(whole));
        }
    }

    @Test
    void seedsParametersAndParentsDrawDifferently() {
        float[] ones = new float[150];
        Arrays.fill(ones, 1f);
        Draws one = draws("random-signs", 1);
        Draws otherParent = new Draws("random-signs", 1, new RunId("r0123456789abcdef0124"));
        List<float[]> drawn = List.of(
                flipped(one, WEIGHT, ones),
                flipped(draws("random-signs", 2), WEIGHT, ones),
                flipped(one, BIAS, ones),
                flipped(otherParent, WEIGHT, ones));
        assertThat(drawn.stream().map(Arrays::toString).distinct()).hasSize(4);
        // signs are alike likely: 75 of 150 expected, 6.1 is their standard deviation
        drawn.forEach(signs -> assertThat(
                        IntStream.range(0, 150).filter(i -> signs[i] > 0).count())
                .isBetween(50L, 100L));
    }

    @Test
    void scopeIsChangedAndNothingElse() {
        WeightChange onBiases = new WeightChange.SignFlip().within(new ParameterScope(Examples.LENET, "bias"));
        float[] weights = THETA.clone();
        onBiases.apply(WEIGHT, 0, weights, weights.length);
        assertThat(bits(weights)).containsExactly(bits(THETA));
        float[] biases = {1f, 2f};
        onBiases.apply(BIAS, 0, biases, 2);
        assertThat(biases).containsExactly(-1f, -2f);
    }

    @Test
    void deadTapsKeepTheirBitsWhereOnlyLiveWeightsAreChanged() {
        // Given the last kernels of ResNet18 at 32 pixels, of which only the middle tap of nine is live
        NetworkDescription resnet = Networks.named("resnet18", new InputShape(3, 32, 32));
        Parameter kernel = resnet.parameters().stream()
                .filter(p -> p.name().equals("layer4.1.conv2.weight"))
                .findFirst()
                .orElseThrow();
        float[] values = new float[20];
        Arrays.fill(values, 0.5f);
        // When a piece begins within a filter
        new WeightChange.SignFlip().within(new ParameterScope(resnet, "live")).apply(kernel, 9_002, values, 20);
        // Then
        for (int i = 0; i < values.length; i++) {
            assertThat(values[i]).as("element " + i).isEqualTo((9_002 + i) % 9 == 4 ? -0.5f : 0.5f);
        }
    }

    private static float[] flipped(Draws draws, Parameter parameter, float[] values) {
        float[] changed = values.clone();
        new WeightChange.FlipSigns(draws).apply(parameter, 0, changed, changed.length);
        return changed;
    }

    private static Draws draws(String kind, long seed) {
        return new Draws(kind, seed, PARENT);
    }

    private static void assertBits(WeightChange change, int... expected) {
        float[] values = THETA.clone();
        change.apply(WEIGHT, 0, values, values.length);
        assertThat(bits(values)).containsExactly(expected);
    }

    private static int[] bits(float[] values) {
        int[] bits = new int[values.length];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = Float.floatToRawIntBits(values[i]);
        }
        return bits;
    }
}
