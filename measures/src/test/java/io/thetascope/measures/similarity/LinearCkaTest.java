package io.thetascope.measures.similarity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.thetascope.measures.RandomFeatures;
import io.thetascope.measures.features.CentredFeatures;
import io.thetascope.measures.matrix.Product;
import org.junit.jupiter.api.Test;

class LinearCkaTest {
    @Test
    void isTheRatioOfTheGramsTextbookHsic() {
        for (int n : new int[] {4, 5, 31}) {
            // Given features that share something, uncentred, more units than images and fewer
            float[] x = RandomFeatures.gaussian(n * 40, n);
            float[] y = RandomFeatures.gaussian(n * 3, n + 1);
            for (int i = 0; i < y.length; i++) {
                y[i] += x[i / 3 * 40 + i % 3] + 1;
            }

            // When
            CentredFeatures centredX = CentredFeatures.of(x, n, 40);
            CentredFeatures centredY = CentredFeatures.of(y, n, 3);
            LinearCka left = LinearCka.of(centredX);
            LinearCka right = LinearCka.of(centredY);
            double[][] product = Product.transposed(centredX.rowsNQ(), centredY.rowsNQ());

            // Then, from n×n Grams of what was never centred, 1e-12
            double xy = hsic(gram(x, n), gram(y, n));
            double xx = hsic(gram(x, n), gram(x, n));
            double yy = hsic(gram(y, n), gram(y, n));
            assertThat(left.hsic(right, product)).isCloseTo(xy, within(1e-12 * Math.sqrt(xx * yy)));
            assertThat(left.debiased(right, product)).isCloseTo(xy / Math.sqrt(xx * yy), within(1e-12));
        }
    }

    /** MEASURES §3, by the letter. */
    private static double hsic(double[][] k, double[][] l) {
        int n = k.length;
        double trace = 0;
        double sumK = 0;
        double sumL = 0;
        double sumKl = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                trace += k[i][j] * l[j][i];
                sumK += k[i][j];
                sumL += l[i][j];
                for (int m = 0; m < n; m++) {
                    sumKl += k[i][m] * l[m][j];
                }
            }
        }
        double bracket = trace + sumK * sumL / ((n - 1.0) * (n - 2.0)) - 2 * sumKl / (n - 2.0);
        return bracket / (n * (n - 3.0));
    }

    private static double[][] gram(float[] featuresNP, int n) {
        int units = featuresNP.length / n;
        double[][] gram = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                for (int p = 0; i != j && p < units; p++) {
                    gram[i][j] += (double) featuresNP[i * units + p] * featuresNP[j * units + p];
                }
            }
        }
        return gram;
    }

    @Test
    void isNotMeasurableWhereEveryUnitAnswersToAnImageOfItsOwn() {
        // Given six images and six units, so that all images lie equally far from each other
        float[] identity = new float[36];
        for (int i = 0; i < 6; i++) {
            identity[7 * i] = 0.3f;
        }
        CentredFeatures alone = CentredFeatures.of(identity, 6, 6);
        CentredFeatures other = CentredFeatures.of(RandomFeatures.gaussian(36, 2), 6, 6);

        // When
        LinearCka cka = LinearCka.of(alone);

        // Then
        assertThat(cka.measurable()).isFalse();
        assertThat(LinearCka.of(other).measurable()).isTrue();
        assertThat(LinearCka.of(other).debiased(cka, Product.transposed(other.rowsNQ(), alone.rowsNQ())))
                .isNaN();
    }
}
