package io.thetascope.measures.symmetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.thetascope.contracts.analysis.FunctionChange;
import io.thetascope.contracts.analysis.FunctionFigures;
import io.thetascope.measures.NotMeasurableException;
import io.thetascope.measures.features.Features;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Oracle: closed forms. */
class FunctionChangesTest {
    private static final int[] LABELS = {0, 1};
    private static final Features BEFORE = new Features(new float[] {3, 0, 0, 4}, new float[] {2, 0, 0, 2}, 2);

    @Test
    void measuresFeaturesLogitsClassesAndTheErrorOfThePrediction() {
        // Given one image of another class, and a prediction of the negatives
        Features measured = new Features(new float[] {3, 0, 0, 14}, new float[] {2, 0, 10, 0}, 2);
        Features predicted = new Features(new float[] {-3, 0, 0, -4}, new float[] {-2, 0, 0, -2}, 2);

        // When
        FunctionChange change = new FunctionChanges(BEFORE, LABELS).to(measured, predicted);

        // Then
        assertThat(change.featureChange()).isEqualTo(2);
        assertThat(change.predictedFeatureChange()).isEqualTo(2);
        assertThat(change.logitChange()).isCloseTo(Math.sqrt(104.0 / 8), within(1e-15));
        assertThat(change.predictedLogitChange()).isEqualTo(2);
        assertThat(change.agreement()).isEqualTo(0.5);
        assertThat(change.predictionError()).isCloseTo(Math.sqrt(120.0 / 104), within(1e-15));
        assertThat(change.measured().accuracy()).isEqualTo(0.5);
        FunctionFigures said = Objects.requireNonNull(change.predicted());
        assertThat(said.loss()).isCloseTo(Math.log(1 + Math.exp(2)), within(1e-15));
        assertThat(said.accuracy()).isZero();
    }

    @Test
    void hasNoPredictedFiguresWhereNothingIsPredicted() {
        FunctionChange change = new FunctionChanges(BEFORE, LABELS).to(BEFORE, null);

        assertThat(change)
                .isEqualTo(new FunctionChange(
                        new FunctionChanges(BEFORE, LABELS).before(), null, 0, null, 0, null, 1, null));
    }

    @Test
    void refusesAModelThatGivesNothingAndOutputsThatAreNotFinite() {
        Features dead = new Features(new float[4], new float[] {2, 0, 0, 2}, 2);
        Features diverged = new Features(new float[4], new float[] {2, 0, Float.NaN, 2}, 2);

        assertThatThrownBy(() -> new FunctionChanges(dead, LABELS))
                .isInstanceOf(NotMeasurableException.class)
                .hasMessageContaining("all features of the unperturbed model are 0");
        assertThatThrownBy(() -> new FunctionChanges(BEFORE, LABELS).to(diverged, null))
                .isInstanceOf(NotMeasurableException.class)
                .hasMessageContaining("logits are not finite");
    }
}
