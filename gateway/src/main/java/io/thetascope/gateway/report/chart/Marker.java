package io.thetascope.gateway.report.chart;

import java.util.List;

/** The sign at each point of a series; its shape tells series apart without colour. */
final class Marker {
    private static final double SIZE = 3.2;

    private Marker() {}

    static void draw(Svg svg, int style, double x, double y) {
        String css = "mark s" + style % Series.STYLES;
        double s = SIZE;
        switch (style % Series.STYLES) {
            case 0 -> svg.dot(css, x, y, s);
            case 1 -> svg.area(css, corners(x, y, -s, -s, s, -s, s, s, -s, s));
            case 2 -> svg.area(css, corners(x, y, 0, -s * 1.3, s * 1.2, s, -s * 1.2, s));
            case 3 -> svg.area(css, corners(x, y, 0, -s * 1.3, s * 1.3, 0, 0, s * 1.3, -s * 1.3, 0));
            case 4 -> svg.area(css, corners(x, y, 0, s * 1.3, s * 1.2, -s, -s * 1.2, -s));
            default -> svg.dot(css + " hollow", x, y, s);
        }
    }

    private static List<Point> corners(double x, double y, double... offsets) {
        Point[] points = new Point[offsets.length / 2];
        for (int i = 0; i < points.length; i++) {
            points[i] = new Point(x + offsets[2 * i], y + offsets[2 * i + 1]);
        }
        return List.of(points);
    }
}
