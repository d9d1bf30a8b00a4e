package io.thetascope.gateway.report.page;

import io.thetascope.contracts.analysis.AnalysisKind;
import io.thetascope.contracts.analysis.OrderAgreementResult;
import io.thetascope.contracts.analysis.OrderAgreementResult.RankAgreement;
import io.thetascope.contracts.analysis.OrderResult;
import io.thetascope.gateway.report.AcrossRuns;
import io.thetascope.gateway.report.NotMeasured;
import io.thetascope.gateway.report.Report;
import io.thetascope.gateway.report.RunRow;
import io.thetascope.gateway.report.markup.Markup;
import io.thetascope.gateway.report.markup.Numbers;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** In which order runs learned, and whether two learned in the same. */
final class OrderSection {
    private final Runs runs;
    private final Report report;

    OrderSection(Runs runs, Report report) {
        this.runs = runs;
        this.report = report;
    }

    void write(Markup out) {
        out.open("section", "aria-labelledby", "order").leaf("h2", "Order of learning", "id", "order");
        Table table = new Table(
                out,
                "When blocks and classes were learned, in epochs",
                List.of("Run", "Block: t½", "Class: onset", "Can it be told?"));
        runs.grouped(table, run -> row(table, run));
        table.end();
        out.leaf(
                "p",
                "t½ of a block: the first checkpoint at which it had gone half of the way to what it is in the end, by CKA. Onset"
                        + " of a class: the first checkpoint from which on its recall stays at half its final value. Both are"
                        + " only as fine as the checkpoints.",
                "class",
                "note");
        agreement(out);
        out.close("section").line();
    }

    private void row(Table table, RunRow run) {
        OrderResult order = report.order().get(run.runId());
        table.startRow(Standing.css(run), runs.names().of(run), run.runId().value());
        if (order == null) {
            table.words(Numbers.MISSING);
            table.words(Numbers.MISSING);
            table.words(why(run));
        } else {
            table.words(order.blocks().stream()
                    .map(block -> block.block() + ": " + epoch(block.halfEpoch()))
                    .collect(Collectors.joining(", ")));
            table.words(order.classes().stream()
                    .map(onset -> onset.label() + ": " + epoch(onset.onsetEpoch()))
                    .collect(Collectors.joining(", ")));
            String tooCoarse = order.tooCoarse();
            table.words(tooCoarse == null ? "yes" : "no: " + tooCoarse);
        }
        table.endRow();
    }

    private String why(RunRow run) {
        return report.provenance().notMeasured().stream()
                .filter(m -> m.kind() == AnalysisKind.ORDER)
                .filter(m -> m.inputs().get(0).runId().equals(run.runId()))
                .filter(NotMeasured::ended)
                .findFirst()
                .map(m -> m.outcome() + (m.reason() == null ? "" : ": " + m.reason()))
                .orElse("not yet");
    }

    private static String epoch(@Nullable Double epoch) {
        return epoch == null ? Numbers.MISSING : Numbers.brief(epoch);
    }

    private void agreement(Markup out) {
        if (report.orderAgreement().isEmpty()) {
            return;
        }
        Table table = Table.ofNumbers(
                out,
                "Whether two runs learned in the same order: Kendall's τ",
                List.of("Runs", "Outcome", "τ of classes", "n", "τ of blocks", "n"));
        for (AcrossRuns<OrderAgreementResult> row : report.orderAgreement()) {
            OrderAgreementResult numbers = row.numbers();
            table.startRow(
                    Standing.css(row.outcome()),
                    runs.names().of(row.left()) + " : " + runs.names().of(row.right()),
                    "");
            table.words(outcome(row, numbers));
            rank(table, numbers == null ? null : numbers.classes());
            rank(table, numbers == null ? null : numbers.blocks());
            table.endRow();
        }
        table.end();
    }

    private static String outcome(AcrossRuns<?> row, @Nullable OrderAgreementResult numbers) {
        String tooCoarse = numbers == null ? null : numbers.tooCoarse();
        return tooCoarse == null ? row.outcome() : row.outcome() + ", but " + tooCoarse;
    }

    private static void rank(Table table, @Nullable RankAgreement rank) {
        if (rank == null) {
            table.number(Numbers.MISSING);
            table.number(Numbers.MISSING);
            return;
        }
        String interval = rank.low() == null
                ? ""
                : " [" + Numbers.fixed(rank.low(), 2) + ", " + Numbers.fixed(rank.high(), 2) + "]";
        table.number(Numbers.fixed(rank.tau(), 2) + interval);
        table.number(Integer.toString(rank.n()));
    }
}
