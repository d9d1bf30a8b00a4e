package io.thetascope.measures.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thetascope.measures.NotMeasurableException;
import org.junit.jupiter.api.Test;

class CumulativeStatisticsTest {
    @Test
    void everyBatchCountsAlikeAndVariancesAreUnbiased() {
        // Given batches of 4 and of 2 values a channel
        CumulativeStatistics statistics = new CumulativeStatistics(2);

        // When
        statistics.add(new float[] {1, -2}, new float[] {3, 0}, 4);
        statistics.add(new float[] {2, -2}, new float[] {1, 5}, 2);

        // Then (3 · 4/3 + 1 · 2/1) / 2 and (0 + 5 · 2/1) / 2
        assertThat(statistics.meanC()).containsExactly(1.5f, -2);
        assertThat(statistics.varianceC()).containsExactly(3, 5);
        assertThat(statistics.batches()).isEqualTo(2);
    }

    @Test
    void refusesABatchWithoutVariance() {
        assertThatThrownBy(() -> new CumulativeStatistics(1).add(new float[1], new float[1], 1))
                .isInstanceOf(NotMeasurableException.class)
                .hasMessageContaining("at least two values a channel");
    }

    @Test
    void hasNoStatisticsBeforeTheFirstBatch() {
        assertThatThrownBy(() -> new CumulativeStatistics(1).meanC()).isInstanceOf(IllegalStateException.class);
    }
}
