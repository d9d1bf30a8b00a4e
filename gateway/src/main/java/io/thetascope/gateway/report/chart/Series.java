package io.thetascope.gateway.report.chart;

import java.util.List;

/**
 * A line of a chart.
 *
 * @param label in the legend
 * @param style which of the looks it has, from 0; colour, dash and marker differ together
 * @param points ascending by x; a number that is missing is left out and leaves a gap to the next
 */
public record Series(String label, int style, List<Point> points) {
    /** So many looks can be told apart, without colour too. */
    public static final int STYLES = 6;

    public Series {
        points = List.copyOf(points);
    }

    String css() {
        return "s" + style % STYLES;
    }
}
