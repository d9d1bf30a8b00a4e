package io.thetascope.gateway.report.chart;

import io.thetascope.gateway.report.markup.Markup;
import io.thetascope.gateway.report.markup.Numbers;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Lines over a common pair of axes.
 *
 * @param id unique in the page
 * @param title what a reader of the image is told first
 * @param x horizontal
 * @param y vertical
 * @param series in the order of the legend
 * @param references levels to compare with
 */
public record LineChart(String id, String title, Axis x, Axis y, List<Series> series, List<Reference> references) {
    public LineChart {
        series = List.copyOf(series);
        references = List.copyOf(references);
    }

    /** Draws it so wide, with a plot area so high. */
    public Markup draw(double width, double plotHeight) {
        Legend legend = Legend.of(series, width);
        Frame frame = Frame.of(width, plotHeight, legend.height());
        Svg svg = new Svg(id, frame.width(), frame.height(), title, description());
        legend.draw(svg);
        grid(svg, frame);
        references.forEach(level -> reference(svg, frame, level));
        String levels = references.stream().map(Reference::label).distinct().collect(Collectors.joining(", "));
        if (!levels.isEmpty()) {
            svg.text("tick", "end", frame.right(), frame.top() - 9, "┄ " + levels);
        }
        series.forEach(one -> line(svg, frame, one));
        return svg.done();
    }

    private void grid(Svg svg, Frame frame) {
        for (Tick tick : y.ticks()) {
            double at = frame.y(y, tick.value());
            svg.line("grid", frame.left(), at, frame.right(), at);
            svg.text("tick", "end", frame.left() - 6, at + 4, tick.label());
        }
        for (Tick tick : x.ticks()) {
            double at = frame.x(x, tick.value());
            svg.line("axis", at, frame.bottom(), at, frame.bottom() + 4);
            svg.text("tick", "middle", at, frame.bottom() + 17, tick.label());
        }
        svg.line("axis", frame.left(), frame.bottom(), frame.right(), frame.bottom());
        svg.text("label", "start", 4, frame.top() - 9, y.label());
        svg.text("label", "middle", (frame.left() + frame.right()) / 2, frame.bottom() + 33, x.label());
    }

    private void reference(Svg svg, Frame frame, Reference level) {
        double at = frame.y(y, level.y());
        svg.line("reference", frame.left(), at, frame.right(), at);
    }

    private void line(Svg svg, Frame frame, Series one) {
        List<Point> placed = one.points().stream()
                .map(p -> new Point(frame.x(x, p.x()), frame.y(y, p.y())))
                .toList();
        if (placed.size() > 1) {
            svg.path("line " + one.css(), placed);
        }
        placed.forEach(p -> Marker.draw(svg, one.style(), p.x(), p.y()));
    }

    private String description() {
        return "Lines of " + y.label() + " over " + x.label() + ". "
                + series.stream().map(LineChart::inWords).collect(Collectors.joining("; "))
                + references.stream()
                        .map(level -> "; level of " + level.label() + " at " + Numbers.plain(level.y()))
                        .collect(Collectors.joining())
                + ".";
    }

    private static String inWords(Series one) {
        if (one.points().isEmpty()) {
            return one.label() + ": no numbers";
        }
        Point first = one.points().get(0);
        Point last = one.points().get(one.points().size() - 1);
        return one.label() + ": from " + Numbers.plain(first.y()) + " to " + Numbers.plain(last.y());
    }
}
