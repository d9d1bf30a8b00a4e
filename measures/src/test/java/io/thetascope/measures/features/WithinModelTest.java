package io.thetascope.measures.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.thetascope.contracts.analysis.FeaturesResult;
import io.thetascope.contracts.identity.Step;
import io.thetascope.measures.NotMeasurableException;
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
        FeaturesResult result =
                WithinModel.measure(STEP, features, LOGITS, LABELS).summary();

        // Then
        assertThat(result.accuracy()).isEqualTo(0.75);
        assertThat(result.images()).isEqualTo(4);
        assertThat(result.units()).isEqualTo(2);
        assertThat(result.deadUnits()).isZero();
        assertThat(result.step()).isEqualTo(STEP);
        assertThat(result.nullMeanAbsCorrelation()).isCloseTo(0.3989422804014327, within(1e-15)); // 1/√(2π) at n = 4
    }

    @Test
    void refusesFewerThanFourImages() {
        assertThatThrownBy(() -> WithinModel.measure(STEP, new float[6], new float[6], new long[3]))
                .isInstanceOf(NotMeasurableException.class)
                .hasMessageContaining("at least 4 probe images, there are 3");
    }

    @Test
    void refusesALayerWhoseUnitsAreAllDead() {
        assertThatThrownBy(() -> WithinModel.measure(STEP, new float[8], LOGITS, LABELS))
                .isInstanceOf(NotMeasurableException.class)
                .hasMessageContaining("all 2 units");
    }

    @Test
    void refusesFeaturesThatAreNotFinite() {
        assertThatThrownBy(
                        () -> WithinModel.measure(STEP, new float[] {1, 2, Float.NaN, 1, 3, 5, 4, 4}, LOGITS, LABELS))
                .isInstanceOf(NotMeasurableException.class)
                .hasMessageContaining("not finite");
    }
}
