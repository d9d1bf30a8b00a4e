package io.thetascope.gateway.report.chart;

/**
 * The size of a chart and the place of its plot area, in SVG units.
 *
 * @param width of the whole
 * @param height of the whole
 * @param left edge of the plot area
 * @param right edge of the plot area
 * @param top edge of the plot area
 * @param bottom edge of the plot area
 */
record Frame(double width, double height, double left, double right, double top, double bottom) {
    private static final double FOR_NUMBERS = 52;
    private static final double AT_RIGHT = 14;
    private static final double FOR_AXIS_LABEL = 22;
    private static final double FOR_TICKS = 40;

    static Frame of(double width, double plotHeight, double legendHeight) {
        double top = legendHeight + FOR_AXIS_LABEL;
        return new Frame(width, top + plotHeight + FOR_TICKS, FOR_NUMBERS, width - AT_RIGHT, top, top + plotHeight);
    }

    double x(Axis axis, double value) {
        return axis.position(value, left, right);
    }

    double y(Axis axis, double value) {
        return axis.position(value, bottom, top);
    }
}
