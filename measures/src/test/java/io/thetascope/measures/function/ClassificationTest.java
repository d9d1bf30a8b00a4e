package io.thetascope.measures.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.thetascope.contracts.analysis.FunctionFigures;
import io.thetascope.measures.NotMeasurableException;
import org.junit.jupiter.api.Test;

class ClassificationTest {
    /** Oracle: −log of the softmax, written out; tolerance 1e-15. */
    @Test
    void lossIsTheMeanOfTheNegativeLogLikelihoods() {
        // Given
        float[] logitsNC = {1, 2, 0.5f, -1, 0, 3};

        // When
        FunctionFigures figures = Classification.figures(logitsNC, new int[] {1, 0}, 3);

        // Then
        double first = -Math.log(Math.exp(2) / (Math.exp(1) + Math.exp(2) + Math.exp(0.5)));
        double second = -Math.log(Math.exp(-1) / (Math.exp(-1) + Math.exp(0) + Math.exp(3)));
        assertThat(figures.loss()).isCloseTo((first + second) / 2, within(1e-15));
        assertThat(figures.accuracy()).isEqualTo(0.5);
    }

    @Test
    void equalLogitsLoseTheLogarithmOfTheNumberOfClassesAndTheFirstOfThemWins() {
        FunctionFigures figures = Classification.figures(new float[20], new int[] {0, 7}, 10);

        assertThat(figures.loss()).isCloseTo(Math.log(10), within(1e-15));
        assertThat(figures.accuracy()).isEqualTo(0.5);
    }

    @Test
    void largeLogitsDoNotOverflow() {
        FunctionFigures figures = Classification.figures(new float[] {3e38f, -3e38f, 1000, 0}, new int[] {0, 1}, 2);

        assertThat(figures.loss()).isEqualTo(500); // none for the first image, 1000 for the second
    }

    @Test
    void lossIsNotFiniteWhereALogitIsNot() {
        assertThat(Classification.figures(new float[] {1, Float.NaN}, new int[] {0}, 2)
                        .loss())
                .isNaN();
        assertThat(Classification.figures(new float[] {1, Float.POSITIVE_INFINITY}, new int[] {0}, 2)
                        .loss())
                .isNaN();
    }

    @Test
    void refusesALabelThatIsNoClassAndASetWithoutImages() {
        assertThatThrownBy(() -> Classification.figures(new float[4], new int[] {0, 2}, 2))
                .isInstanceOf(NotMeasurableException.class)
                .hasMessageContaining("label 2 of image 1 is none of the network's 2 classes");
        assertThatThrownBy(() -> Classification.figures(new float[0], new int[0], 2))
                .isInstanceOf(NotMeasurableException.class)
                .hasMessageContaining("at least one image");
    }
}
