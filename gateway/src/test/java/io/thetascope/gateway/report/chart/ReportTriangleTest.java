package io.thetascope.gateway.report.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ReportTriangleTest {
    @Test
    void placesTheEndOfARightTriangleAboveItsStart() {
        // 3, 4, 5: the right angle is at θ1
        Point end = new Triangle("t", "title", 3, 4, 5).end();
        assertThat(end.x()).isCloseTo(0, within(1e-12));
        assertThat(end.y()).isCloseTo(4, within(1e-12));
    }

    @Test
    void keepsTheDistancesOfAFlipThatStayed() {
        Point end = new Triangle("t", "title", 240.64, 240.67, 12.1).end();
        assertThat(Math.hypot(end.x(), end.y())).isCloseTo(240.67, within(1e-9));
        assertThat(Math.hypot(end.x() - 240.64, end.y())).isCloseTo(12.1, within(1e-9));
    }

    @Test
    void drawsADisplacementFarBelowTheDrift() {
        String svg = new Triangle("t", "title", 2.5e-4, 2.3, 2.3).draw().toString();
        assertThat(svg).contains("θ₁ ≈ θₚ").doesNotContain("NaN");
    }

    @Test
    void drawsDistancesThatRoundingPutOffALine() {
        assertThat(new Triangle("t", "title", 1, 2, 1 - 1e-9).draw().toString()).doesNotContain("NaN");
    }
}
