package io.thetascope.measures.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ProductTest {
    @Test
    void isTheSumOverImagesAcrossTilesAndRemainders() {
        // Given more rows and columns than a tile has, and images that do not divide by four
        double[][] x = random(13, 131, 1);
        double[][] y = random(13, 1_030, 2);

        // When
        double[][] product = Product.transposed(x, y);

        // Then the textbook sum; 13 terms of size about 1 leave 1e-14
        assertThat(product).hasNumberOfRows(131);
        for (int a = 0; a < 131; a++) {
            for (int b = 0; b < 1_030; b++) {
                double sum = 0;
                for (int image = 0; image < 13; image++) {
                    sum += x[image][a] * y[image][b];
                }
                assertThat(product[a][b]).isCloseTo(sum, within(1e-13));
            }
        }
    }

    @Test
    void givesAPartOfTheProductBitByBit() {
        // Given
        double[][] x = random(9, 150, 3);

        // When
        double[][] whole = Product.transposed(x, x);
        double[][] part = Product.transposed(x, 70, 150, x, 40);

        // Then
        for (int a = 70; a < 150; a++) {
            for (int b = 0; b < 40; b++) {
                assertThat(part[a - 70][b]).isEqualTo(whole[a][b]);
            }
        }
    }

    @Test
    void refusesDifferentNumbersOfImages() {
        assertThatThrownBy(() -> Product.transposed(random(3, 2, 0), random(4, 2, 0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("same images: 3, 4");
    }

    private static double[][] random(int rows, int columns, long seed) {
        Random random = new Random(seed);
        double[][] matrix = new double[rows][columns];
        for (double[] row : matrix) {
            for (int i = 0; i < columns; i++) {
                row[i] = random.nextGaussian();
            }
        }
        return matrix;
    }
}
