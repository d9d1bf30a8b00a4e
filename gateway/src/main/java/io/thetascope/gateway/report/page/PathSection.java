package io.thetascope.gateway.report.page;

import io.thetascope.contracts.analysis.RetrainingPathResult;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.gateway.report.RunRow;
import io.thetascope.gateway.report.chart.Axis;
import io.thetascope.gateway.report.chart.LineChart;
import io.thetascope.gateway.report.chart.Point;
import io.thetascope.gateway.report.chart.Series;
import io.thetascope.gateway.report.markup.Markup;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

/** The way of every retraining: how far it was from its parent and from where it was put, one panel a family. */
final class PathSection {
    private static final double WIDTH = 300;
    private static final double PLOT = 170;
    /** Runs that reach no further than this share of the furthest are drawn again on a scale of their own. */
    private static final double NEAR = 0.3;

    private final Runs runs;
    private final Map<RunId, RetrainingPathResult> paths;

    PathSection(Runs runs, Map<RunId, RetrainingPathResult> paths) {
        this.runs = runs;
        this.paths = paths;
    }

    void write(Markup out) {
        if (paths.isEmpty()) {
            return;
        }
        out.open("section", "aria-labelledby", "paths").leaf("h2", "The way of retraining", "id", "paths");
        out.leaf(
                "p",
                "One point a checkpoint, starting at the left edge at the height of the displacement. A run that comes back falls to"
                        + " 0; one that stays where it was put never leaves the left edge. A twin starts at the origin, and θₚ = θ₁"
                        + " puts it on the diagonal.",
                "class",
                "note");
        out.open("div", "class", "panels").line();
        int number = 0;
        for (var family : runs.families().entrySet()) {
            number++;
            List<RunRow> measured = family.getValue().stream()
                    .filter(run -> paths.containsKey(run.runId()))
                    .toList();
            panels(out, "path-" + number, "Retrained from " + runs.names().of(family.getKey()), measured);
        }
        out.close("div").close("section").line();
    }

    private void panels(Markup out, String id, String from, List<RunRow> measured) {
        if (measured.isEmpty()) {
            return;
        }
        Panels.figure(out, "small", chart(id, from, measured, measured), from);
        double furthest = measured.stream().mapToDouble(this::reach).max().orElse(0);
        List<RunRow> near =
                measured.stream().filter(run -> reach(run) <= NEAR * furthest).toList();
        if (!near.isEmpty()) {
            String title = from + ", the near ones on their own scale";
            Panels.figure(out, "small", chart(id + "-near", title, near, measured), title);
        }
    }

    /** A run looks the same in both panels of its family. */
    private Markup chart(String id, String title, List<RunRow> shown, List<RunRow> family) {
        List<Series> series = new ArrayList<>();
        for (RunRow run : shown) {
            series.add(new Series(runs.names().of(run), family.indexOf(run), points(run)));
        }
        List<Double> put =
                series.stream().flatMap(s -> s.points().stream()).map(Point::x).toList();
        List<Double> parent =
                series.stream().flatMap(s -> s.points().stream()).map(Point::y).toList();
        return new LineChart(id, title, axis("‖θ − θₚ‖", put), axis("‖θ − θ₁‖", parent), series, List.of())
                .draw(WIDTH, PLOT);
    }

    private static Axis axis(String label, List<Double> values) {
        List<Double> shown = new ArrayList<>(values);
        shown.add(0.0);
        return Axis.covering(label, shown, 4);
    }

    private List<Point> points(RunRow run) {
        RetrainingPathResult path = paths.get(run.runId());
        return path == null
                ? List.of()
                : path.points().stream()
                        .map(at -> new Point(at.distanceToStart(), at.distanceToParent()))
                        .toList();
    }

    private double reach(RunRow run) {
        return points(run).stream()
                .flatMapToDouble(at -> DoubleStream.of(at.x(), at.y()))
                .max()
                .orElse(0);
    }
}
