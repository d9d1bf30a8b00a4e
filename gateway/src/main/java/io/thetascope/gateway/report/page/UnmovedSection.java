package io.thetascope.gateway.report.page;

import io.thetascope.contracts.analysis.Attribution;
import io.thetascope.gateway.report.NotMeasured;
import io.thetascope.gateway.report.RunRow;
import io.thetascope.gateway.report.Unmoved;
import io.thetascope.gateway.report.markup.Markup;
import io.thetascope.gateway.report.markup.Numbers;
import java.util.List;

/** What never moved and why: a line in words for every run, the counts by cause, and the layers with dead weights. */
final class UnmovedSection {
    private static final List<String> HEADINGS = List.of(
            "Run",
            "Why, in words",
            "Predicted before training",
            "Geometry-dead",
            "Data-dead",
            "Absorbed",
            "Returned",
            "Unexplained");

    private final Runs runs;
    private final List<RunRow> rows;
    private final UnmovedWords words;

    UnmovedSection(Runs runs, List<RunRow> rows, List<NotMeasured> notMeasured) {
        this.runs = runs;
        this.rows = rows.stream().filter(row -> row.unmoved() != null).toList();
        this.words = new UnmovedWords(notMeasured);
    }

    void write(Markup out) {
        if (rows.isEmpty()) {
            return;
        }
        out.open("section", "aria-labelledby", "unmoved").leaf("h2", "What never moved, and why", "id", "unmoved");
        table(out);
        out.leaf(
                "p",
                "A parameter never moved when it equals its start as a number (−0 = +0). It is counted under the first"
                        + " cause that holds. Geometry-dead: its kernel tap can only ever meet padding at this input, so"
                        + " no image gives it a gradient; how many those are is predicted before training,"
                        + " from the network's description alone. Data-dead: no update ever had a gradient, weight decay included. Absorbed: there was a gradient, and every"
                        + " update rounded to nothing. Returned: it changed, and is equal again. Shares in words are"
                        + " rounded; the counts are exact and add up.",
                "class",
                "note");
        new UnmovedLayers(rows).write(out);
        out.close("section").line();
    }

    private void table(Markup out) {
        Table table = Table.ofNumbers(out, "What never moved, by cause", HEADINGS);
        runs.base().forEach((cell, members) -> {
            table.group(cell.caption());
            members.forEach(row -> row(table, row));
        });
        runs.families().forEach((parent, members) -> {
            table.group("Retrained from " + runs.names().of(parent) + " (" + parent + ")");
            members.forEach(row -> row(table, row));
        });
        table.end();
    }

    private void row(Table table, RunRow row) {
        Unmoved unmoved = row.unmoved();
        if (unmoved == null) {
            return;
        }
        List<String> alarms = unmoved.alarms();
        table.startRow(
                alarms.isEmpty() ? "sound" : "suspect",
                runs.names().of(row),
                row.runId().value());
        table.markup().open("td", "class", "reason").text(words.of(row, unmoved));
        alarms.forEach(alarm -> table.markup().leaf("strong", "⚠ " + alarm, "class", "problem"));
        table.markup().close("td");
        table.number(Numbers.whole(unmoved.predictedGeometryDead()));
        counts(unmoved).forEach(table::number);
        table.endRow();
    }

    private static List<String> counts(Unmoved unmoved) {
        Attribution found = unmoved.found();
        if (found == null) {
            return List.of(Numbers.MISSING, Numbers.MISSING, Numbers.MISSING, Numbers.MISSING, Numbers.MISSING);
        }
        return List.of(
                Numbers.whole(found.geometryDead()),
                Numbers.whole(found.dataDead()),
                Numbers.whole(found.absorbed()),
                Numbers.whole(found.returned()),
                Numbers.whole(found.unexplained()));
    }
}
