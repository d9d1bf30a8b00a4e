package io.thetascope.gateway.report.chart;

/**
 * A level to compare with, drawn across a chart.
 *
 * @param label what the level is
 * @param y where it lies
 */
public record Reference(String label, double y) {}
