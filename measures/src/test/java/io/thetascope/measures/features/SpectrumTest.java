package io.thetascope.measures.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.thetascope.contracts.analysis.FeaturesResult;
import io.thetascope.contracts.identity.Step;
import io.thetascope.measures.RandomFeatures;
import org.junit.jupiter.api.Test;

class SpectrumTest {
    /** Eight images; columns 1 to 7 of the Walsh matrix, centred and orthogonal, of equal length. */
    private static float[] walsh(float... scales) {
        float[] features = new float[8 * scales.length];
        for (int image = 0; image < 8; image++) {
            for (int unit = 0; unit < scales.length; unit++) {
                int sign = Integer.bitCount(image & (unit + 1)) % 2 == 0 ? 1 : -1;
                features[image * scales.length + unit] = sign * scales[unit] + 2;
            }
        }
        return features;
    }

    private static FeaturesResult measure(float[] features, int images) {
        return WithinModel.measure(new Step(0), RandomFeatures.model(features, images), RandomFeatures.labels(images))
                .summary();
    }

    @Test
    void countsOrthogonalUnitsOfEqualVariance() {
        FeaturesResult result = measure(walsh(3, 3, 3, 3, 3), 8);
        assertThat(result.participationRatio()).isCloseTo(5, within(1e-12));
        assertThat(result.effectiveRank()).isCloseTo(5, within(1e-12));
        assertThat(result.spectrumUnits()).isEqualTo(5);
    }

    @Test
    void weighsUnequalVariances() {
        // Given σ in the ratio 2 : 1, so λ 4 : 1, and a dead unit
        FeaturesResult result = measure(walsh(2, 1, 0), 8);

        // Then
        assertThat(result.participationRatio()).isCloseTo(25 / 17.0, within(1e-12));
        double entropy = -2 / 3.0 * Math.log(2 / 3.0) - 1 / 3.0 * Math.log(1 / 3.0);
        assertThat(result.effectiveRank()).isCloseTo(Math.exp(entropy), within(1e-12));
        assertThat(result.spectrumUnits()).isEqualTo(2);
    }

    @Test
    void isOneForUnitsThatAreCopies() {
        // Given
        float[] features = new float[8 * 3];
        for (int i = 0; i < features.length; i++) {
            features[i] = i / 3 * (i % 3 + 1);
        }

        // When
        FeaturesResult result = measure(features, 8);

        // Then rounding leaves 1e-16 of a singular value
        assertThat(result.participationRatio()).isCloseTo(1, within(1e-12));
        assertThat(result.effectiveRank()).isCloseTo(1, within(1e-12));
    }

    @Test
    void doesNotSeeARotation() {
        // Given more images than units, and fewer
        for (int images : new int[] {90, 12}) {
            float[] features = RandomFeatures.gaussian(images * 20, 6);
            for (int i = 0; i < features.length; i++) {
                features[i] *= 1 + i % 20;
            }

            // When
            FeaturesResult plain = measure(features, images);
            FeaturesResult turned = measure(RandomFeatures.turned(features, images, 1, 8), images);

            // Then but for the rounding of the features to floats
            assertThat(turned.participationRatio()).isCloseTo(plain.participationRatio(), within(1e-5));
            assertThat(turned.effectiveRank()).isCloseTo(plain.effectiveRank(), within(1e-5));
        }
    }

    @Test
    void takesTheRankOfTheStrongestUnitsAboveTheirLimit() {
        // Given 1,030 units over eight images: seven orthogonal ones, the others of a hundredth their size
        float[] features = RandomFeatures.gaussian(8 * 1_030, 3);
        float[] strong = walsh(1, 1, 1, 1, 1, 1, 1);
        for (int i = 0; i < features.length; i++) {
            int unit = i % 1_030;
            features[i] = unit >= 1_023 ? strong[i / 1_030 * 7 + unit - 1_023] : features[i] / 100;
        }

        // When
        FeaturesResult result = measure(features, 8);
        CentredFeatures seven = CentredFeatures.of(features, 8, 1_030).strongest(7);

        // Then
        assertThat(result.spectrumUnits()).isEqualTo(1_024);
        assertThat(seven.unit(0)).isEqualTo(1_023);
        assertThat(seven.unit(6)).isEqualTo(1_029);
        assertThat(EffectiveRank.of(seven)).isCloseTo(7, within(1e-12));
    }
}
