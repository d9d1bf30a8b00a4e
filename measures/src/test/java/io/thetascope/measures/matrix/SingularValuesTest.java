package io.thetascope.measures.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SingularValuesTest {
    @Test
    void areTheRootsOfTheEigenvaluesOfTheGram() {
        // Given a textbook matrix, tall and wide: AAᵀ = (17, 8; 8, 17), eigenvalues 25 and 9
        double[][] wide = {{3, 2, 2}, {2, 3, -2}};
        double[][] tall = {{3, 2}, {2, 3}, {2, -2}};

        // Then
        assertThat(SingularValues.of(wide)).containsExactly(new double[] {3, 5}, within(1e-14));
        assertThat(SingularValues.of(tall)).containsExactly(new double[] {3, 5}, within(1e-14));
        assertThat(wide[0]).containsExactly(3, 2, 2);
    }

    @Test
    void survivesValuesWhoseSquaresDoNot() {
        assertThat(SingularValues.of(new double[][] {{3e200, 0}, {0, -4e200}}))
                .containsExactly(new double[] {3e200, 4e200}, within(1e186));
        assertThat(SingularValues.of(new double[2][3])).containsExactly(0, 0);
    }
}
