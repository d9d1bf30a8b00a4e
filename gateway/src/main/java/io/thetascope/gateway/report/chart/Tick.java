package io.thetascope.gateway.report.chart;

/**
 * A mark on an axis.
 *
 * @param value where
 * @param label what it says
 */
public record Tick(double value, String label) {}
