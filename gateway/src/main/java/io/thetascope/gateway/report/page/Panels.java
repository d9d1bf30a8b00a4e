package io.thetascope.gateway.report.page;

import io.thetascope.gateway.report.RunRow;
import io.thetascope.gateway.report.chart.Axis;
import io.thetascope.gateway.report.chart.LineChart;
import io.thetascope.gateway.report.chart.Point;
import io.thetascope.gateway.report.chart.Reference;
import io.thetascope.gateway.report.chart.Series;
import io.thetascope.gateway.report.markup.Markup;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * One measure drawn for all runs: for each network and data set a chart of the base runs and one of the donors, then a small chart for each
 * parent with its retrainings, all on the same axes so that they compare.
 */
final class Panels {
    private static final double WIDE = 760;
    private static final double WIDE_PLOT = 230;
    private static final double SMALL = 300;
    private static final double SMALL_PLOT = 140;

    private final Runs runs;
    private final String name;
    private final String title;
    private final Curve curve;

    /** What is drawn of a run. */
    interface Curve {
        /** Returns the points that are known, ascending by x. */
        List<Point> of(RunRow run);

        /** Returns the same measure on images held back for validation; empty where there is none. */
        default List<Point> validationOf(RunRow run) {
            return List.of();
        }

        Axis x(List<RunRow> runs);

        Axis y(List<Double> values);

        default List<Reference> references(List<RunRow> runs) {
            return List.of();
        }
    }

    /** Names the charts; the name becomes part of ids. */
    Panels(Runs runs, String name, String title, Curve curve) {
        this.runs = runs;
        this.name = name;
        this.title = title;
        this.curve = curve;
    }

    void write(Markup out) {
        int number = 0;
        for (var cell : runs.base().entrySet()) {
            number++;
            cell(out, name + "-" + number, cell.getKey(), cell.getValue());
        }
    }

    private void cell(Markup out, String id, Runs.Cell cell, List<RunRow> base) {
        List<RunRow> all = Stream.concat(base.stream(), base.stream().flatMap(row -> runs.family(row).stream()))
                .toList();
        Axis x = curve.x(all);
        Axis y = curve.y(all.stream()
                .flatMap(row -> curve.of(row).stream())
                .map(Point::y)
                .toList());
        figure(out, "wide", chart(id, title + ": " + cell.name(), x, y, base).draw(WIDE, WIDE_PLOT), cell.caption());
        out.open("div", "class", "panels").line();
        int number = 0;
        for (RunRow parent : base) {
            List<RunRow> family = runs.family(parent);
            if (!family.isEmpty()) {
                String from = "Retrained from " + runs.names().of(parent);
                LineChart chart = chart(id + "-" + ++number, title + ": " + from, x, y, family);
                figure(out, "small", chart.draw(SMALL, SMALL_PLOT), from);
            }
        }
        out.close("div").line();
    }

    static void figure(Markup out, String css, Markup image, String caption) {
        out.open("figure", "class", css)
                .add(image)
                .leaf("figcaption", caption)
                .close("figure")
                .line();
    }

    private LineChart chart(String id, String heading, Axis x, Axis y, List<RunRow> rows) {
        List<Series> series = new ArrayList<>();
        for (RunRow row : rows) {
            series.add(new Series(runs.names().of(row), series.size(), curve.of(row)));
            List<Point> validation = curve.validationOf(row);
            if (!validation.isEmpty()) {
                series.add(new Series(runs.names().of(row) + ", validation", series.size(), validation));
            }
        }
        return new LineChart(id, heading, x, y, series, curve.references(rows));
    }
}
