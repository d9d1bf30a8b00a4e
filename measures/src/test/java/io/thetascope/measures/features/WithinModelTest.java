package io.thetascope.measures.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.thetascope.contracts.analysis.FeaturesResult;
import io.thetascope.contracts.analysis.WithinClassCorrelation;
import io.thetascope.contracts.identity.Step;
import io.thetascope.measures.NotMeasurableException;
import io.thetascope.measures.RandomFeatures;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class WithinModelTest {
    private static final Step STEP = new Step(40);
    private static final float[] LOGITS = {2, 1, 0, 1, 3, 1, 5, 5};
    private static final long[] LABELS = {0, 1, 0, 1};

    @Test
    void countsImagesClassifiedRightWithTheFirstOfATie() {
        // Given logits that say 0, 1, 0 and, on a tie, 0
        float[] features = {1, 2, 2, 1, 3, 5, 4, 4};

        // When
        FeaturesResult result = WithinModel.measure(STEP, new Features(features, LOGITS, 4), LABELS)
                .summary();

        // Then
        assertThat(result.accuracy()).isEqualTo(0.75);
        assertThat(result.images()).isEqualTo(4);
        assertThat(result.units()).isEqualTo(2);
        assertThat(result.deadUnits()).isZero();
        assertThat(result.step()).isEqualTo(STEP);
        assertThat(result.recall()).containsExactly(1.0, 0.5);
        assertThat(result.withinClass()).isNull(); // 2 classes need 5 images
        assertThat(result.nullMeanAbsCorrelation()).isCloseTo(0.3989422804014327, within(1e-15)); // 1/√(2π) at n = 4
    }

    @Test
    void refusesFewerThanFourImages() {
        assertThatThrownBy(() -> WithinModel.measure(STEP, new Features(new float[6], new float[6], 3), new long[3]))
                .isInstanceOf(NotMeasurableException.class)
                .hasMessageContaining("at least 4 probe images, there are 3");
    }

    @Test
    void refusesALayerWhoseUnitsAreAllDead() {
        assertThatThrownBy(() -> WithinModel.measure(STEP, new Features(new float[8], LOGITS, 4), LABELS))
                .isInstanceOf(NotMeasurableException.class)
                .hasMessageContaining("all 2 units");
    }

    @Test
    void refusesFeaturesThatAreNotFinite() {
        Features features = new Features(new float[] {1, 2, Float.NaN, 1, 3, 5, 4, 4}, LOGITS, 4);
        assertThatThrownBy(() -> WithinModel.measure(STEP, features, LABELS))
                .isInstanceOf(NotMeasurableException.class)
                .hasMessageContaining("not finite");
    }

    @Test
    void refusesALabelThatIsNoClassOfTheNetwork() {
        Features features = new Features(new float[] {1, 2, 2, 1, 3, 5, 4, 4}, LOGITS, 4);
        assertThatThrownBy(() -> WithinModel.measure(STEP, features, new long[] {0, 1, 2, 0}))
                .isInstanceOf(NotMeasurableException.class)
                .hasMessageContaining("label 2 of probe image 2 is none of the network's 2 classes");
    }

    @Test
    void hasNoRecallOfAClassThatTheProbeSetLacks() {
        // Given logits of four classes that say 2 for every image
        float[] logits = {0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0};
        Features features = new Features(new float[] {1, 2, 2, 1, 3, 5, 4, 4}, logits, 4);

        // Then up to the largest label
        assertThat(WithinModel.measure(STEP, features, new long[] {2, 0, 2, 2})
                        .summary()
                        .recall())
                .containsExactly(0.0, null, 1.0);
    }

    @Test
    void takesTheClassOutOfTheCorrelation() {
        // Given two units that share their class, are orthogonal within it, and one that knows the class alone
        float[] features = {
            11, 11, 5, 9, 11, 5, 11, 9, 5, 9, 9, 5, //
            -9, -9, -5, -11, -9, -5, -9, -11, -5, -11, -11, -5
        };
        long[] labels = {0, 0, 0, 0, 1, 1, 1, 1};

        // When
        WithinModel result = WithinModel.measure(STEP, new Features(features, new float[16], 8), labels);

        // Then ρ = 100/101 of the first two before, 0 after; the third is dead within its class
        assertThat(result.correlation().matrix()[1]).isCloseTo(100 / 101f, within(1e-6f));
        WithinClassCorrelation withinClass =
                Objects.requireNonNull(result.summary().withinClass());
        assertThat(withinClass.meanAbsolute()).isCloseTo(0, within(1e-15));
        assertThat(withinClass.rms()).isCloseTo(0, within(1e-15));
        assertThat(withinClass.nullMeanAbsolute()) // n − c + 1 = 7
                .isCloseTo(Math.sqrt(2 / (7 * Math.PI)), within(1e-15));
        Correlation correlation = Objects.requireNonNull(result.withinClassCorrelation());
        assertThat(correlation.deadUnits()).isEqualTo(1);
        assertThat(correlation.matrix()[2]).isNaN();
        assertThat(correlation.matrix()[0]).isEqualTo(1);
    }

    @Test
    void staysAtTheNullWithinClassesThatDifferAndShareNothingElse() {
        // Given independent Gaussians around ten class centres
        int n = 400;
        int p = 40;
        float[] features = RandomFeatures.gaussian(n * p, 4);
        long[] labels = new long[n];
        for (int image = 0; image < n; image++) {
            labels[image] = image % 10;
            for (int unit = 0; unit < p; unit++) {
                features[image * p + unit] += 3 * labels[image];
            }
        }

        // When
        FeaturesResult result = WithinModel.measure(STEP, new Features(features, new float[n * 10], n), labels)
                .summary();

        // Then the standard error of the mean over 780 pairs is 0.001
        assertThat(result.meanCorrelation()).isGreaterThan(0.9);
        WithinClassCorrelation withinClass = Objects.requireNonNull(result.withinClass());
        assertThat(withinClass.meanAbsolute()).isCloseTo(withinClass.nullMeanAbsolute(), within(0.004));
        assertThat(withinClass.mean()).isCloseTo(0, within(0.006));
    }

    @Test
    void hasEmptyWithinClassCorrelationsWhereUnitsKnowTheClassAlone() {
        // Given
        float[] features = {1, 3, 1, 3, 1, 3, 2, 0, 2, 0, 2, 0};

        // When
        WithinModel result =
                WithinModel.measure(STEP, new Features(features, new float[12], 6), new long[] {0, 0, 0, 1, 1, 1});

        // Then
        WithinClassCorrelation withinClass =
                Objects.requireNonNull(result.summary().withinClass());
        assertThat(withinClass.meanAbsolute()).isNull();
        assertThat(result.summary().meanAbsCorrelation()).isCloseTo(1, within(1e-12));
    }
}
