package io.thetascope.gateway.report.chart;

import io.thetascope.gateway.report.markup.Markup;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.stream.Collectors;

/** The few shapes that charts are made of. Colours come from the page's style sheet. */
final class Svg {
    private final Markup out = new Markup();

    /** Opens an image that a screen reader announces by title and description. */
    Svg(String id, double width, double height, String title, String description) {
        out.open(
                "svg",
                "xmlns",
                "http://www.w3.org/2000/svg",
                "viewBox",
                "0 0 " + number(width) + " " + number(height),
                "role",
                "img",
                "aria-labelledby",
                id + "-title " + id + "-desc");
        out.leaf("title", title, "id", id + "-title").leaf("desc", description, "id", id + "-desc");
    }

    Svg line(String css, double x1, double y1, double x2, double y2) {
        out.empty("line", "class", css, "x1", number(x1), "y1", number(y1), "x2", number(x2), "y2", number(y2));
        return this;
    }

    Svg path(String css, List<Point> points) {
        String d = points.stream()
                .map(p -> number(p.x()) + " " + number(p.y()))
                .collect(Collectors.joining(" L", "M", ""));
        out.empty("path", "class", css, "d", d);
        return this;
    }

    Svg area(String css, List<Point> points) {
        String corners =
                points.stream().map(p -> number(p.x()) + "," + number(p.y())).collect(Collectors.joining(" "));
        out.empty("polygon", "class", css, "points", corners);
        return this;
    }

    Svg dot(String css, double x, double y, double radius) {
        out.empty("circle", "class", css, "cx", number(x), "cy", number(y), "r", number(radius));
        return this;
    }

    /** Writes text whose anchor is start, middle or end. */
    Svg text(String css, String anchor, double x, double y, String text) {
        out.leaf("text", text, "class", css, "text-anchor", anchor, "x", number(x), "y", number(y));
        return this;
    }

    Markup done() {
        return out.close("svg");
    }

    private static String number(double value) {
        return BigDecimal.valueOf(value)
                .setScale(1, RoundingMode.HALF_EVEN)
                .stripTrailingZeros()
                .toPlainString();
    }
}
