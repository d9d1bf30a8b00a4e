package io.thetascope.measures.symmetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.thetascope.contracts.analysis.SymmetryResult;
import io.thetascope.contracts.run.InputShape;
import io.thetascope.networks.NetworkBuilder;
import io.thetascope.networks.NetworkDescription;
import io.thetascope.networks.Networks;
import io.thetascope.networks.Parameter;
import io.thetascope.networks.StateTensor;
import io.thetascope.networks.Window;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Oracle: what was planted. */
class SymmetryPredictionTest {
    private static final NetworkDescription LENET = Networks.named("lenet", new InputShape(1, 32, 32));

    /** Ten channels, then twelve before a pixel of which most taps see padding alone. */
    private static final NetworkDescription NORMED = new NetworkBuilder("normed", new InputShape(3, 4, 4))
            .unbiasedConv("conv0", 10, new Window(3, 2, 1))
            .batchNorm("bn0")
            .relu("relu0")
            .conv("conv1", 12, new Window(3, 2, 1))
            .batchNorm("bn1")
            .relu("relu1")
            .flatten("flatten")
            .linear("fc", 10)
            .build();

    private static final int UNITS = 22;
    private static final Planted ORIGINAL = Planted.random(NORMED, 1);

    private static SymmetryPrediction predicted(Planted original, Planted perturbed) {
        return SymmetryPrediction.of(NORMED, original.checkpoint(), perturbed.checkpoint());
    }

    private static boolean trainable(StateTensor tensor) {
        return tensor instanceof Parameter;
    }

    private static Planted flipped(Planted model) {
        return model.changed((tensor, i, value) -> trainable(tensor) ? -value : value);
    }

    @Test
    void anEqualModelHasTheSameFeatures() {
        SymmetryPrediction prediction = predicted(ORIGINAL, ORIGINAL);

        assertThat(prediction.kind()).isEqualTo(SymmetryResult.SAME_FEATURES);
        assertThat(prediction.gauge().turnedUnits()).isZero();
        assertThat(prediction.gauge().negatesLogits()).isFalse();
    }

    @Test
    void unitsOfWhichFilterScaleAndMeanAreNegatedLeaveTheFeaturesAsTheyAre() {
        // When
        SymmetryPrediction prediction = predicted(ORIGINAL, ORIGINAL.turned("conv0", "bn0", List.of(2, 5, 9)));

        // Then
        assertThat(prediction.kind()).isEqualTo(SymmetryResult.SAME_FEATURES);
        assertThat(prediction.gauge().turnedUnits()).isEqualTo(3);
        assertThat(prediction.gauge().turns("bn0", 5)).isTrue();
        assertThat(prediction.gauge().turns("bn0", 6)).isFalse();
        assertThat(prediction.reason()).startsWith("3 units");
    }

    @Test
    void aNegatedLastLayerNegatesTheLogitsAlone() {
        // When
        SymmetryPrediction prediction = predicted(ORIGINAL, ORIGINAL.negated("fc.weight", "fc.bias"));

        // Then
        assertThat(prediction.kind()).isEqualTo(SymmetryResult.SAME_FEATURES);
        assertThat(prediction.gauge().negatesLogits()).isTrue();
        assertThat(predicted(ORIGINAL, ORIGINAL.negated("fc.weight")).kind()).isEqualTo(SymmetryResult.NONE);
    }

    @Test
    void aFlipOfAllThatIsTrainedMirrorsTheBiasesAndNegatesTheLogits() {
        // When
        SymmetryPrediction prediction = predicted(ORIGINAL, flipped(ORIGINAL));

        // Then
        assertThat(prediction.kind()).isEqualTo(SymmetryResult.MIRRORED_BIASES);
        assertThat(prediction.gauge().turnedUnits()).isEqualTo(UNITS);
        assertThat(prediction.gauge().negatesLogits()).isTrue();
        assertThat(prediction.reason()).contains("−β").contains("−μ").contains("so are the logits");
    }

    @Test
    void theTurnedModelOfAFlipIsTheOriginalWithNegatedBiasesAndMeans() {
        // Given
        Planted flipped = flipped(ORIGINAL);

        // When
        SignGauge gauge = predicted(ORIGINAL, flipped).gauge();
        Planted turned = flipped.changed((tensor, i, value) -> {
            float[] one = {value};
            gauge.apply(tensor.name(), i, one, 1);
            return one[0];
        });

        // Then
        Planted expected = ORIGINAL.negated("bn0.bias", "bn1.bias", "bn0.running_mean", "bn1.running_mean");
        for (StateTensor tensor : NORMED.state()) {
            assertThat(turned.tensor(tensor.name())).as(tensor.name()).isEqualTo(expected.tensor(tensor.name()));
        }
    }

    @Test
    void aFlipOfTheLiveParametersPredictsWhatAFlipOfAllDoes() {
        // Given kernels of which most taps are dead
        Planted live = ORIGINAL.changed((tensor, i, value) -> tensor instanceof Parameter parameter
                        && !NORMED.deadTaps(parameter).isDead(i)
                ? -value
                : value);

        // When
        SymmetryPrediction prediction = predicted(ORIGINAL, live);

        // Then
        assertThat(NORMED.geometryDeadCount()).isEqualTo(12 * 10 * 5);
        assertThat(prediction.kind()).isEqualTo(SymmetryResult.MIRRORED_BIASES);
        assertThat(prediction.gauge().turnedUnits()).isEqualTo(UNITS);
    }

    @Test
    void withoutBiasesAFlipMirrorsTheStoredMeansAlone() {
        // Given
        Planted unbiased = ORIGINAL.changed((tensor, i, value) -> tensor.name().matches("bn\\d\\.bias") ? 0 : value);
        Planted centred = unbiased.changed((tensor, i, value) -> tensor.name().endsWith("running_mean") ? 0 : value);

        // When
        SymmetryPrediction prediction = predicted(unbiased, flipped(unbiased));

        // Then
        assertThat(prediction.kind()).isEqualTo(SymmetryResult.MIRRORED_BIASES);
        assertThat(prediction.reason())
                .contains("with recomputed statistics; with the stored ones")
                .doesNotContain("β");
        assertThat(predicted(centred, flipped(centred)).kind()).isEqualTo(SymmetryResult.SAME_FEATURES);
    }

    @Test
    void negatedBiasesOfUnitsThatAreNotTurnedAreNoSymmetry() {
        SymmetryPrediction prediction = predicted(ORIGINAL, ORIGINAL.negated("bn1.bias"));

        assertThat(prediction.kind()).isEqualTo(SymmetryResult.NONE);
        assertThat(prediction.reason()).isEqualTo("bn1.bias is changed in a way that no symmetry of normed covers");
    }

    @ParameterizedTest
    @ValueSource(strings = {"conv0.weight", "bn0.weight", "conv1.bias", "fc.bias", "bn1.running_var"})
    void anyOtherChangeOfOneValueIsNoSymmetry(String changed) {
        // Given a flip, and one value that is a little off
        Planted off = flipped(ORIGINAL)
                .changed((tensor, i, value) -> tensor.name().equals(changed) && i == 0 ? Math.nextUp(value) : value);

        // Then
        SymmetryPrediction prediction = predicted(ORIGINAL, off);
        assertThat(prediction.kind()).isEqualTo(SymmetryResult.NONE);
        assertThat(prediction.predicts()).isFalse();
        assertThat(prediction.reason()).startsWith(changed.startsWith("fc") ? "fc" : changed);
    }

    @Test
    void anEpsilonIsNoSymmetry() {
        Planted shifted = ORIGINAL.changed((tensor, i, value) -> trainable(tensor) ? value + 1e-3f : value);

        assertThat(predicted(ORIGINAL, shifted).kind()).isEqualTo(SymmetryResult.NONE);
    }

    @Test
    void lenetHasNoSignSymmetryButThatOfItsLastLayer() {
        // Given
        Planted lenet = Planted.random(LENET, 3);

        // When
        SymmetryPrediction flip =
                SymmetryPrediction.of(LENET, lenet.checkpoint(), flipped(lenet).checkpoint());
        SymmetryPrediction head = SymmetryPrediction.of(
                LENET,
                lenet.checkpoint(),
                lenet.negated("fc3.weight", "fc3.bias").checkpoint());

        // Then
        assertThat(flip.kind()).isEqualTo(SymmetryResult.NONE);
        assertThat(flip.reason()).endsWith("a ReLU network without BatchNorm has no sign symmetry");
        assertThat(head.kind()).isEqualTo(SymmetryResult.SAME_FEATURES);
    }
}
