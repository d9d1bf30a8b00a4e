package io.thetascope.gateway.report.chart;

import io.thetascope.gateway.report.markup.Markup;
import io.thetascope.gateway.report.markup.Numbers;
import java.util.List;

/**
 * θ1, θp and θ2 drawn to scale from their three distances: three points always lie in a plane, so nothing is lost.
 *
 * @param id unique in the page
 * @param title what a reader of the image is told first
 * @param displaced ‖θp − θ1‖, at least 0
 * @param distance ‖θ2 − θ1‖, at least 0
 * @param moved ‖θ2 − θp‖, at least 0
 */
public record Triangle(String id, String title, double displaced, double distance, double moved) {
    private static final double WIDTH = 300;
    private static final double HEIGHT = 190;
    private static final double MARGIN = 40;
    private static final double APART = 12;

    public Triangle {
        if (!(displaced >= 0 && distance >= 0 && moved >= 0 && Math.max(displaced, distance) > 0)) {
            throw new IllegalArgumentException(
                    "distances must be >= 0 and not all 0: " + displaced + ", " + distance + ", " + moved);
        }
    }

    /** Returns θ2 where θ1 is the origin and θp lies to its right on the horizontal. */
    public Point end() {
        if (displaced == 0) {
            return new Point(distance, 0);
        }
        double along = (distance * distance + displaced * displaced - moved * moved) / (2 * displaced);
        double within = Math.max(-distance, Math.min(distance, along)); // rounding must not break the triangle
        return new Point(within, Math.sqrt(distance * distance - within * within));
    }

    /** Draws it with a bar that gives the scale. */
    public Markup draw() {
        Point end = end();
        double left = Math.min(0, Math.min(displaced, end.x()));
        double right = Math.max(0, Math.max(displaced, end.x()));
        double scale = Math.min(
                (WIDTH - 2 * MARGIN) / Math.max(right - left, 1e-300), (HEIGHT - 85) / Math.max(end.y(), 1e-300));
        double x0 = (WIDTH - (right - left) * scale) / 2 - left * scale;
        double height = Math.min(HEIGHT, end.y() * scale + 85); // no empty room above a flat one
        double y0 = height - 55;
        Point start = new Point(x0, y0);
        Point put = new Point(x0 + displaced * scale, y0);
        Point ended = new Point(x0 + end.x() * scale, y0 - end.y() * scale);
        Svg svg = new Svg(id, WIDTH, height, title, description());
        svg.area("triangle", List.of(start, put, ended));
        svg.line("reference", start.x(), start.y(), put.x(), put.y());
        svg.line("line s1", put.x(), put.y(), ended.x(), ended.y());
        svg.line("line s0", start.x(), start.y(), ended.x(), ended.y());
        corners(svg, start, put, ended);
        bar(svg, scale, height - 10);
        return svg.done();
    }

    private static void corners(Svg svg, Point start, Point put, Point ended) {
        boolean together = Math.hypot(put.x() - start.x(), put.y() - start.y()) < APART;
        svg.dot("corner", start.x(), start.y(), 4).dot("corner", put.x(), put.y(), 4);
        svg.dot("corner end", ended.x(), ended.y(), 4);
        if (together) {
            svg.text("label", "middle", start.x(), start.y() + 19, "θ₁ ≈ θₚ");
        } else {
            svg.text("label", "middle", start.x(), start.y() + 19, "θ₁");
            svg.text("label", "middle", put.x(), put.y() + 19, "θₚ");
        }
        svg.text("label", "middle", ended.x(), ended.y() - 10, "θ₂");
    }

    private static void bar(Svg svg, double scale, double y) {
        double room = 70 / scale;
        double length = Math.pow(10, Math.floor(Math.log10(room)));
        length *= length * 5 <= room ? 5 : length * 2 <= room ? 2 : 1;
        svg.line("axis", 10, y, 10 + length * scale, y);
        svg.line("axis", 10, y - 3, 10, y + 3).line("axis", 10 + length * scale, y - 3, 10 + length * scale, y + 3);
        svg.text("tick", "start", 16 + length * scale, y + 4, Numbers.brief(length));
    }

    private String description() {
        return "Triangle to scale: displaced by " + Numbers.plain(displaced) + " from θ1 to θp, ended "
                + Numbers.plain(distance) + " from θ1 and " + Numbers.plain(moved) + " from θp.";
    }
}
