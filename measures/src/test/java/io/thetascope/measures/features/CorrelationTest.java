package io.thetascope.measures.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CorrelationTest {
    @Test
    void knowsPerfectOppositeAndAbsentCorrelation() {
        // Given columns x, 2x + 1, −x, and one orthogonal to x
        float[] features = {
            -1, -1, 1, 1, //
            0, 1, 0, -2, //
            1, 3, -1, 1
        };

        // When
        Correlation correlation = Correlation.of(CentredFeatures.of(features, 3, 4));

        // Then
        float[] rho = correlation.matrix();
        assertThat(rho[1]).isCloseTo(1f, within(1e-7f));
        assertThat(rho[2]).isCloseTo(-1f, within(1e-7f));
        assertThat(rho[3]).isCloseTo(0f, within(1e-7f));
        assertThat(rho[0]).isEqualTo(1f);
        float[] row = new float[4];
        correlation.row(2, row);
        assertThat(row).containsExactly(Arrays.copyOfRange(rho, 8, 12));
        // pairs: 1, −1, 0, −1, 0, 0
        assertThat(correlation.meanAbsolute()).isCloseTo(3 / 6.0, within(1e-12));
        assertThat(correlation.mean()).isCloseTo(-1 / 6.0, within(1e-12));
        assertThat(correlation.rms()).isCloseTo(Math.sqrt(3 / 6.0), within(1e-12));
    }

    @Test
    void agreesWithTheTextbookFormulaOnRandomFeatures() {
        // Given
        int n = 203;
        int p = 17;
        Random random = new Random(11);
        float[] features = new float[n * p];
        for (int i = 0; i < features.length; i++) {
            features[i] = (float) (random.nextGaussian() + 3 + i % p);
        }

        // When
        Correlation correlation = Correlation.of(CentredFeatures.of(features, n, p));

        // Then ρ = cov / (σσ) from raw moments; 1e-9 on the mean, a float's rounding on the matrix
        double meanAbsolute = 0;
        for (int i = 0; i < p; i++) {
            for (int j = 0; j < i; j++) {
                double rho = textbook(features, n, p, i, j);
                meanAbsolute += Math.abs(rho) * 2 / (p * (p - 1));
                assertThat(correlation.matrix()[i * p + j]).isCloseTo((float) rho, within(1e-6f));
                assertThat(correlation.matrix()[j * p + i])
                        .isEqualTo(correlation.matrix()[i * p + j]);
            }
        }
        assertThat(correlation.meanAbsolute()).isCloseTo(meanAbsolute, within(1e-9));
    }

    private static double textbook(float[] x, int n, int p, int i, int j) {
        double si = 0;
        double sj = 0;
        double sii = 0;
        double sjj = 0;
        double sij = 0;
        for (int k = 0; k < n; k++) {
            double a = x[k * p + i];
            double b = x[k * p + j];
            si += a;
            sj += b;
            sii += a * a;
            sjj += b * b;
            sij += a * b;
        }
        return (n * sij - si * sj) / Math.sqrt((n * sii - si * si) * (n * sjj - sj * sj));
    }

    @Test
    void independentGaussiansStayAtTheNull() {
        // Given
        int n = 2_000;
        int p = 40;
        Random random = new Random(3);
        float[] features = new float[n * p];
        for (int i = 0; i < features.length; i++) {
            features[i] = (float) random.nextGaussian();
        }

        // When
        Double meanAbsolute = Correlation.of(CentredFeatures.of(features, n, p)).meanAbsolute();

        // Then √(2/(πn)) = 0.01784; its standard error over 780 pairs is 0.0005
        assertThat(meanAbsolute).isCloseTo(WithinModel.nullMeanAbsolute(n), within(0.002));
    }

    @Test
    void leavesDeadUnitsOut() {
        // Given two live units of deviation about 1, a constant and one that moves by 1e-7
        float[] features = {
            1, -1, 5, 0, //
            -1, -1, 5, 1e-7f, //
            1, 1, 5, 0, //
            -1, 1, 5, 1e-7f
        };

        // When
        Correlation correlation = Correlation.of(CentredFeatures.of(features, 4, 4));

        // Then
        assertThat(correlation.deadUnits()).isEqualTo(2);
        assertThat(correlation.mean()).isEqualTo(0);
        assertThat(correlation.matrix()[2]).isNaN();
        assertThat(correlation.matrix()[2 * 4 + 2]).isNaN();
        assertThat(correlation.matrix()[1]).isEqualTo(0);
    }

    @Test
    void countsAsDeadOnlyConstantUnitsWhereMostAreConstant() {
        // Given a median deviation of 0
        float[] features = {1, 7, 7, 2, 7, 7, 3, 7, 7, 4, 7, 7};

        // When
        Correlation correlation = Correlation.of(CentredFeatures.of(features, 4, 3));

        // Then
        assertThat(correlation.deadUnits()).isEqualTo(2);
        assertThat(correlation.meanAbsolute()).isNull();
        assertThat(correlation.rms()).isNull();
    }
}
