package io.thetascope.gateway.report.page;

import io.thetascope.contracts.analysis.BarrierResult;
import io.thetascope.contracts.analysis.InterpolationLine;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.gateway.report.AcrossRuns;
import io.thetascope.gateway.report.RunRow;
import io.thetascope.gateway.report.chart.Axis;
import io.thetascope.gateway.report.chart.LineChart;
import io.thetascope.gateway.report.chart.Point;
import io.thetascope.gateway.report.chart.Series;
import io.thetascope.gateway.report.markup.Markup;
import io.thetascope.gateway.report.markup.Numbers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The loss on the straight line between two ends, drawn for every family and as a table. */
final class BarrierSection {
    private static final double WIDTH = 300;
    private static final double PLOT = 150;

    private final Runs runs;
    private final Map<RunId, List<AcrossRuns<BarrierResult>>> families = new LinkedHashMap<>();

    BarrierSection(Runs runs, List<AcrossRuns<BarrierResult>> barriers) {
        this.runs = runs;
        Map<RunId, RunId> parents = new LinkedHashMap<>();
        runs.families()
                .forEach((parent, rows) -> rows.stream().map(RunRow::runId).forEach(run -> parents.put(run, parent)));
        barriers.forEach(row -> families.computeIfAbsent(
                        parents.getOrDefault(row.right(), row.left()), parent -> new ArrayList<>())
                .add(row));
    }

    void write(Markup out) {
        if (families.isEmpty()) {
            return;
        }
        out.open("section", "aria-labelledby", "barriers").leaf("h2", "What lies between", "id", "barriers");
        out.leaf(
                "p",
                "Training loss at (1−α)·left + α·right. Left is θ₁, for the line between twins the same-seed twin. Aligned: the right"
                        + " with its units matched to the left's. In networks with BatchNorm its statistics are recomputed at every"
                        + " point, the ends too.",
                "class",
                "note");
        out.open("div", "class", "panels").line();
        int number = 0;
        for (var family : families.entrySet()) {
            number++;
            String from = "Retrained from " + runs.names().of(family.getKey());
            panel(out, "barrier-" + number + "-raw", from + ", raw", family.getValue(), BarrierResult::raw);
            panel(out, "barrier-" + number + "-aligned", from + ", aligned", family.getValue(), BarrierResult::aligned);
        }
        out.close("div").line();
        table(out);
        out.close("section").line();
    }

    private void panel(
            Markup out,
            String id,
            String title,
            List<AcrossRuns<BarrierResult>> rows,
            Function<BarrierResult, @Nullable InterpolationLine> kind) {
        List<Series> series = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            BarrierResult numbers = rows.get(i).numbers();
            InterpolationLine line = numbers == null ? null : kind.apply(numbers);
            if (line != null) {
                // the style is the line's place in the family, so that raw and aligned look alike
                series.add(new Series(between(rows.get(i)), i, points(line)));
            }
        }
        if (series.isEmpty()) {
            return;
        }
        List<Double> losses = new ArrayList<>(
                series.stream().flatMap(s -> s.points().stream()).map(Point::y).toList());
        losses.add(0.0);
        Axis alpha = Axis.between("α", 0, 1, 5, Numbers::brief);
        Axis loss = Axis.covering("training loss, nats", losses, 4);
        Panels.figure(out, "small", new LineChart(id, title, alpha, loss, series, List.of()).draw(WIDTH, PLOT), title);
    }

    private static List<Point> points(InterpolationLine line) {
        int last = line.trainLoss().size() - 1;
        return IntStream.rangeClosed(0, last)
                .filter(i -> Double.isFinite(line.trainLoss().get(i)))
                .mapToObj(i -> new Point((double) i / last, line.trainLoss().get(i)))
                .toList();
    }

    private String between(AcrossRuns<BarrierResult> row) {
        boolean fromParent = runs.families().containsKey(row.left());
        return (fromParent ? "θ₁" : runs.names().of(row.left())) + " – "
                + runs.names().of(row.right());
    }

    private void table(Markup out) {
        Table table = Table.ofNumbersAndWords(
                out,
                "Barriers: how far the loss rises above the chord between the ends, nats per image",
                List.of(
                        "Between",
                        "Outcome",
                        "Train, raw",
                        "Probe, raw",
                        "Train, aligned",
                        "Probe, aligned",
                        "Images",
                        "Not aligned because"));
        families.forEach((parent, rows) -> {
            table.group("From " + runs.names().of(parent) + " (" + parent + ")");
            rows.forEach(row -> row(table, row));
        });
        table.end();
    }

    private void row(Table table, AcrossRuns<BarrierResult> row) {
        BarrierResult numbers = row.numbers();
        table.startRow(Standing.css(row.outcome()), between(row), "");
        table.words(row.reason() == null ? row.outcome() : row.outcome() + ": " + row.reason());
        line(table, numbers == null ? null : numbers.raw());
        line(table, numbers == null ? null : numbers.aligned());
        table.number(
                numbers == null
                        ? Numbers.MISSING
                        : Numbers.whole(numbers.trainImages()) + " + " + Numbers.whole(numbers.probeImages()));
        String why = numbers == null ? null : numbers.alignedAbsent();
        table.reason(why == null ? Numbers.MISSING : why);
        table.endRow();
    }

    private static void line(Table table, @Nullable InterpolationLine line) {
        table.number(Numbers.plain(line == null ? null : line.trainBarrier()));
        table.number(Numbers.plain(line == null ? null : line.probeBarrier()));
    }
}
