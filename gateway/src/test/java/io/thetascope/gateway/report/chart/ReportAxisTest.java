package io.thetascope.gateway.report.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReportAxisTest {
    @Test
    void hasRoundTicksThatHoldAllValues() {
        Axis axis = Axis.covering("‖θ‖", List.of(21.63, 24.4), 4);
        assertThat(axis.min()).isLessThanOrEqualTo(21.63);
        assertThat(axis.max()).isGreaterThanOrEqualTo(24.4);
        assertThat(axis.ticks()).extracting(Tick::label).containsExactly("21", "22", "23", "24", "25");
    }

    @Test
    void holdsASingleValue() {
        assertThat(Axis.covering("x", List.of(0.0), 4).ticks()).hasSizeBetween(3, 6);
        assertThat(Axis.covering("x", List.of(), 4).ticks()).isNotEmpty();
    }
}
