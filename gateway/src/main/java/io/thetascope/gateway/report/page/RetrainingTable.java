package io.thetascope.gateway.report.page;

import io.thetascope.gateway.report.Retraining;
import io.thetascope.gateway.report.RunRow;
import io.thetascope.gateway.report.markup.Markup;
import io.thetascope.gateway.report.markup.Numbers;
import java.util.List;

/** Generation 1: where retraining ended, seen from the trained model and from the twins. */
final class RetrainingTable {
    private static final List<String> HEADINGS = List.of(
            "Run",
            "State",
            "Test accuracy",
            "‖θ₁‖",
            "‖θ₂‖",
            "‖θ₂ − θ₁‖",
            "R",
            "S",
            "cos(θ₁, θ₂)",
            "‖θₚ − θ₁‖",
            "÷ drift",
            "E",
            "N",
            "E / N",
            "Regained");

    private final Runs runs;

    RetrainingTable(Runs runs) {
        this.runs = runs;
    }

    void write(Markup out) {
        Table table = Table.ofNumbers(out, "Perturb and retrain, grouped by the trained model", HEADINGS);
        runs.families().forEach((parent, rows) -> {
            table.group("From " + runs.names().of(parent) + " (" + parent + ")");
            rows.forEach(row -> row(table, row));
        });
        table.end();
    }

    private void row(Table table, RunRow run) {
        Retraining r = run.retraining();
        table.startRow(Standing.css(run), runs.names().of(run), run.runId().value());
        Standing.word(table.markup(), run);
        Standing.accuracy(table.markup(), run);
        if (r == null) {
            HEADINGS.stream().skip(3).forEach(heading -> table.number(Numbers.MISSING));
        } else {
            figures(table, r);
        }
        table.endRow();
    }

    private static void figures(Table table, Retraining r) {
        table.number(Numbers.plain(r.norm1()));
        table.number(Numbers.plain(r.norm2()));
        table.number(Numbers.plain(r.distance()));
        String label = r.recoveryLabel();
        if (label == null) {
            table.number(Numbers.ratio(r.recovery()));
        } else {
            table.words(label);
        }
        table.number(Numbers.plain(r.departure()));
        table.number(Numbers.ratio(r.cosine()));
        table.number(Numbers.plain(r.displaced()));
        table.number(Numbers.plain(r.ratioToDrift()));
        table.number(Numbers.plain(r.effect()));
        table.number(Numbers.plain(r.nullDistance()));
        table.number(Numbers.plain(r.effectToNull()));
        Integer epochs = r.regained().epochs();
        if (epochs == null) {
            table.words(String.valueOf(r.regained().reason()));
        } else {
            table.number("epoch " + epochs);
        }
    }
}
