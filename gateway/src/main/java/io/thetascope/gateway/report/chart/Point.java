package io.thetascope.gateway.report.chart;

/**
 * A place in a chart, in the units of its axes.
 *
 * @param x along the horizontal axis
 * @param y along the vertical axis
 */
public record Point(double x, double y) {}
