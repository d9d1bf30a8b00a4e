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

    @Test
    void hasWholeExponentsOnALogarithmicAxis() {
        Axis axis = Axis.logarithmic("ε", List.of(-6.0, Math.log10(3e-3), -1.0), 8);
        assertThat(axis.min()).isEqualTo(-6);
        assertThat(axis.max()).isEqualTo(-1);
        assertThat(axis.ticks()).extracting(Tick::label).containsExactly("10⁻⁶", "10⁻⁵", "10⁻⁴", "10⁻³", "10⁻²", "0.1");
        Axis wide = Axis.logarithmic("ratio", List.of(-9.5, 2.2), 4);
        assertThat(wide.ticks()).extracting(Tick::value).containsExactly(-10.0, -6.0, -2.0, 2.0, 6.0);
        assertThat(Axis.logarithmic("ratio", List.of(0.0), 4).ticks())
                .extracting(Tick::label)
                .containsExactly("1", "10");
    }
}
