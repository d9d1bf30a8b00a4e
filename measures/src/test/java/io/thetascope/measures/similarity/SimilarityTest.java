package io.thetascope.measures.similarity;

import static io.thetascope.measures.RandomFeatures.gaussian;
import static io.thetascope.measures.RandomFeatures.labels;
import static io.thetascope.measures.RandomFeatures.model;
import static io.thetascope.measures.RandomFeatures.turned;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.thetascope.contracts.analysis.FeatureSimilarity;
import io.thetascope.measures.NotMeasurableException;
import io.thetascope.measures.features.Features;
import org.junit.jupiter.api.Test;

class SimilarityTest {
    private static final int N = 120;
    private static final int P = 24;
    private static final long SEED = 7;

    private static FeatureSimilarity measure(float[] left, float[] right, int images) {
        return Similarity.measure(model(left, images), model(right, images), labels(images), true, SEED);
    }

    @Test
    void findsAModelEqualToItself() {
        // Given
        float[] x = gaussian(N * P, 1);

        // When
        FeatureSimilarity same = measure(x, x, N);

        // Then
        assertThat(same.cka()).isCloseTo(1, within(1e-12));
        assertThat(same.ckaBiased()).isCloseTo(1, within(1e-12));
        assertThat(same.matchedCorrelation()).isCloseTo(1, within(1e-12));
        assertThat(same.unitCorrelation()).isCloseTo(1, within(1e-12));
        assertThat(same.unitCorrelationLabel()).isNull();
        assertThat(same.procrustes()).isCloseTo(0, within(1e-12));
        assertThat(same.agreement()).isEqualTo(1);
        assertThat(same.matchedNet().low()).isGreaterThan(0.5);
        assertThat(same.ckaNet().low()).isGreaterThan(0.5);
        assertThat(same.matchedNet().permutations()).isEqualTo(20);
    }

    @Test
    void doesNotSeeARotationAndAScaleExceptUnitByUnit() {
        // Given
        float[] x = gaussian(N * P, 1);
        float[] y = gaussian(N * P, 2);
        for (int i = 0; i < y.length; i++) {
            y[i] += x[i];
        }

        // When
        FeatureSimilarity plain = measure(x, y, N);
        FeatureSimilarity turned = measure(x, turned(y, N, 5, 33), N);
        FeatureSimilarity copy = measure(x, turned(x, N, 0.25, 4), N);

        // Then but for the rounding of the features to floats
        assertThat(turned.cka()).isCloseTo(plain.cka(), within(1e-6)).isBetween(0.1, 0.9);
        assertThat(turned.ckaBiased()).isCloseTo(plain.ckaBiased(), within(1e-6));
        assertThat(turned.procrustes()).isCloseTo(plain.procrustes(), within(1e-6));
        assertThat(copy.procrustes()).isCloseTo(0, within(1e-6));
        assertThat(copy.cka()).isCloseTo(1, within(1e-6));
        assertThat(copy.matchedCorrelation()).isLessThan(0.9);
    }

    @Test
    void undoesAPermutationOfTheUnits() {
        // Given unit j of the right is unit (5j + 3) mod 24 of the left
        float[] x = gaussian(N * P, 1);
        float[] y = new float[x.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = x[i / P * P + (5 * (i % P) + 3) % P];
        }

        // When
        FeatureSimilarity permuted = Similarity.measure(model(x, N), model(y, N), labels(N), false, SEED);

        // Then
        assertThat(permuted.matchedCorrelation()).isCloseTo(1, within(1e-12));
        assertThat(permuted.unitCorrelation()).isBetween(-0.3, 0.3);
        assertThat(permuted.unitCorrelationLabel()).isEqualTo(FeatureSimilarity.DIFFERENT_STARTS);
    }

    @Test
    void findsIndependentModelsNoMoreAlikeThanChanceWhereTheBiasedCkaSaysAlmostEqual() {
        // Given many more units than images
        int n = 60;
        float[] x = gaussian(n * 600, 11);
        float[] y = gaussian(n * 600, 12);

        // When
        FeatureSimilarity chance = measure(x, y, n);

        // Then
        assertThat(chance.ckaBiased()).isGreaterThan(0.85);
        assertThat(chance.cka()).isBetween(-0.05, 0.05);
        assertThat(chance.ckaNet().low()).isLessThan(0);
        assertThat(chance.ckaNet().high()).isGreaterThan(0);
        assertThat(chance.matchedCorrelation()).isGreaterThan(0.2);
        assertThat(chance.matchedNet().net()).isBetween(-0.02, 0.02);
        assertThat(chance.matchedNet().low()).isLessThan(0);
        assertThat(chance.matchedNet().high()).isGreaterThan(0);
        assertThat(chance.matchedNetWithinClass().net()).isBetween(-0.02, 0.02);
    }

    @Test
    void knowingTheClassAloneIsNoMoreThanItsOwnNull() {
        // Given two models that share the class and nothing else
        float[] x = gaussian(N * P, 1);
        float[] y = gaussian(N * P, 2);
        for (int i = 0; i < x.length; i++) {
            float centre = i / P % 2 == 0 ? 3 : -3;
            x[i] += centre;
            y[i] += centre;
        }

        // When
        FeatureSimilarity classes = measure(x, y, N);

        // Then
        assertThat(classes.matchedCorrelation()).isGreaterThan(0.8);
        assertThat(classes.matchedNet().low()).isGreaterThan(0.5);
        assertThat(classes.matchedNetWithinClass().net()).isBetween(-0.02, 0.02);
    }

    @Test
    void leavesDeadUnitsOutAndMatchesSidesOfDifferentWidth() {
        // Given a left with a constant unit 0, a right with a constant unit 2 and half as many units
        float[] x = gaussian(N * 6, 1);
        float[] y = new float[N * 3];
        for (int image = 0; image < N; image++) {
            x[image * 6] = 4;
            y[image * 3] = x[image * 6 + 5];
            y[image * 3 + 1] = x[image * 6 + 1];
            y[image * 3 + 2] = -2;
        }

        // When
        FeatureSimilarity result = measure(x, y, N);
        FeatureSimilarity reversed = measure(y, x, N);

        // Then unit 1 lives on both sides and is the same
        assertThat(result.leftUnits()).isEqualTo(5);
        assertThat(result.leftDeadUnits()).isEqualTo(1);
        assertThat(result.rightUnits()).isEqualTo(2);
        assertThat(result.rightDeadUnits()).isEqualTo(1);
        assertThat(result.matchedCorrelation()).isCloseTo(1, within(1e-12));
        assertThat(result.unitCorrelation()).isCloseTo(1, within(1e-12));
        assertThat(reversed.matchedCorrelation()).isCloseTo(1, within(1e-12));
        assertThat(reversed.cka()).isCloseTo(result.cka(), within(1e-12));
        assertThat(reversed.procrustes()).isCloseTo(result.procrustes(), within(1e-12));
    }

    @Test
    void hasNoUnitCorrelationWhereNoUnitLivesOnBothSides() {
        // Given
        float[] x = gaussian(N * 2, 1);
        float[] y = gaussian(N * 2, 2);
        for (int image = 0; image < N; image++) {
            x[image * 2] = 0;
            y[image * 2 + 1] = 0;
        }

        // Then
        assertThat(measure(x, y, N).unitCorrelation()).isNull();
    }

    @Test
    void comparesTheStrongestOfMoreThan1024Units() {
        // Given 1,030 units over 12 images, the first six of them weak
        float[] x = gaussian(12 * 1_030, 5);
        for (int i = 0; i < x.length; i++) {
            x[i] *= i % 1_030 < 6 ? 0.001f : 1;
        }

        // When
        FeatureSimilarity result = measure(x, x, 12);

        // Then all of them count unit by unit
        assertThat(result.leftUnits()).isEqualTo(1_024);
        assertThat(result.leftDeadUnits()).isZero();
        assertThat(result.unitCorrelation()).isCloseTo(1, within(1e-12));
        assertThat(result.matchedCorrelation()).isCloseTo(1, within(1e-12));
    }

    @Test
    void agreesOnTheFirstClassOfATie() {
        // Given logits that say 0, 1, 0 (a tie), 1 and 0, 0, 0, 1
        Features left = new Features(gaussian(20, 1), new float[] {1, 0, 0, 1, 2, 2, 0, 1}, 4);
        Features right = new Features(gaussian(20, 2), new float[] {1, 0, 1, 0, 5, 4, 0, 1}, 4);

        // Then
        assertThat(Similarity.measure(left, right, labels(4), true, SEED).agreement())
                .isEqualTo(0.75);
    }

    @Test
    void isTheSameForTheSameSeedAndHasAnotherNullForAnother() {
        // Given
        Features left = model(gaussian(N * P, 1), N);
        Features right = model(gaussian(N * P, 2), N);

        // When
        FeatureSimilarity one = Similarity.measure(left, right, labels(N), true, SEED);

        // Then
        assertThat(Similarity.measure(left, right, labels(N), true, SEED)).isEqualTo(one);
        assertThat(Similarity.measure(left, right, labels(N), true, SEED + 1).matchedNet())
                .isNotEqualTo(one.matchedNet());
    }

    @Test
    void refusesWhatHasNoDebiasedCka() {
        // Given every unit answers to an image of its own
        float[] identity = new float[36];
        for (int i = 0; i < 6; i++) {
            identity[7 * i] = 1;
        }

        // Then
        assertThatThrownBy(() -> measure(gaussian(36, 1), identity, 6))
                .isInstanceOf(NotMeasurableException.class)
                .hasMessageContaining("right model")
                .hasMessageContaining("raise the limit of the test set");
    }

    @Test
    void refusesSidesThatCannotBeMeasured() {
        float[] nan = gaussian(24, 1);
        nan[3] = Float.NaN;
        assertThatThrownBy(() -> measure(gaussian(9, 1), gaussian(9, 1), 3))
                .isInstanceOf(NotMeasurableException.class)
                .hasMessageContaining("at least 4 probe images");
        assertThatThrownBy(() -> measure(gaussian(24, 1), nan, 6))
                .isInstanceOf(NotMeasurableException.class)
                .hasMessageContaining("not finite");
        assertThatThrownBy(() -> measure(new float[24], gaussian(24, 1), 6))
                .isInstanceOf(NotMeasurableException.class)
                .hasMessageContaining("all 4 units");
        assertThatThrownBy(() ->
                        Similarity.measure(model(gaussian(24, 1), 6), model(gaussian(24, 1), 4), labels(6), true, SEED))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("6, 4, 6");
    }
}
