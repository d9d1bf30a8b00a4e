package io.thetascope.gateway.report.page;

import io.thetascope.gateway.report.FeatureFigures;
import io.thetascope.gateway.report.RunRow;
import io.thetascope.gateway.report.markup.Markup;
import io.thetascope.gateway.report.markup.Numbers;
import java.util.List;

/** What the penultimate features of every run have to do with each other, each figure beside the run's own start. */
final class FeaturesTable {
    private static final List<String> HEADINGS = List.of(
            "Run",
            "State",
            "Mean |ρ|",
            "at θ₀",
            "Within class",
            "at θ₀",
            "Participation ratio",
            "at θ₀",
            "Effective rank",
            "at θ₀");

    private final Runs runs;

    FeaturesTable(Runs runs) {
        this.runs = runs;
    }

    void write(Markup out) {
        Table table = Table.ofNumbers(out, "Features after the last step, beside the run's own start", HEADINGS);
        runs.grouped(table, row -> row(table, row));
        table.end();
        out.leaf(
                "p",
                "Within class: mean |ρ| after the mean of its class was taken from every image, so what units share beyond"
                        + " knowing the class. Participation ratio and effective rank: how many directions carry the"
                        + " features.",
                "class",
                "note");
    }

    private void row(Table table, RunRow run) {
        FeatureFigures end = run.panel().end();
        FeatureFigures start = run.panel().start();
        table.startRow(Standing.css(run), runs.names().of(run), run.runId().value());
        Standing.state(table.markup(), run);
        table.number(Numbers.fixed(end.meanAbsCorrelation(), 4));
        table.number(Numbers.fixed(start.meanAbsCorrelation(), 4));
        table.number(Numbers.fixed(end.withinClassMeanAbs(), 4));
        table.number(Numbers.fixed(start.withinClassMeanAbs(), 4));
        table.number(Numbers.fixed(end.participationRatio(), 2));
        table.number(Numbers.fixed(start.participationRatio(), 2));
        table.number(Numbers.fixed(end.effectiveRank(), 2));
        table.number(Numbers.fixed(start.effectiveRank(), 2));
        table.endRow();
    }
}
