package io.thetascope.gateway.report.page;

import io.thetascope.contracts.analysis.AnalysisKind;
import io.thetascope.contracts.analysis.NetOfNull;
import io.thetascope.gateway.report.ComparedFeatures;
import io.thetascope.gateway.report.ComparisonRow;
import io.thetascope.gateway.report.markup.Markup;
import io.thetascope.gateway.report.markup.Numbers;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the features of two models have in common, raw and net of chance. */
final class SimilarityTable {
    private static final List<String> HEADINGS = List.of(
            "Models",
            "Outcome",
            "Matched ρ, raw",
            "net of chance",
            "net within class",
            "CKA, debiased",
            "CKA, biased",
            "Procrustes d²",
            "Agreement");

    private static final Map<AnalysisKind, String> KINDS = Map.of(
            AnalysisKind.PERTURBATION, "Perturbed and retrained, against the trained model",
            AnalysisKind.TWIN, "Twins against the trained model",
            AnalysisKind.EFFECT, "Perturbed and retrained, against the same-seed twin",
            AnalysisKind.NULL, "The same-seed twin against a twin with a new seed",
            AnalysisKind.PAIR, "Pairs of base runs");

    private final Runs runs;
    private final List<ComparisonRow> comparisons;

    SimilarityTable(Runs runs, List<ComparisonRow> comparisons) {
        this.runs = runs;
        this.comparisons = comparisons;
    }

    void write(Markup out) {
        if (comparisons.isEmpty()) {
            return;
        }
        Table table = Table.ofNumbers(out, "What the features of two models have in common", HEADINGS);
        Map<AnalysisKind, List<ComparisonRow>> byKind = comparisons.stream()
                .collect(Collectors.groupingBy(
                        ComparisonRow::kind, () -> new EnumMap<>(AnalysisKind.class), Collectors.toList()));
        byKind.forEach((kind, rows) -> {
            table.group(KINDS.getOrDefault(kind, kind.name()));
            rows.forEach(row -> row(table, row));
        });
        table.end();
        out.leaf(
                "p",
                "Matched ρ: mean correlation over the assignment of units that makes it largest. Net: minus what permuted images"
                        + " give, with ± 1.96 deviations of it; an interval that holds 0 is explained by chance. Within class:"
                        + " the images are permuted within their class alone. CKA, biased, is the one mostly published: it"
                        + " comes near 1 for anything when there are more units than images. Procrustes: 0 alike, 2 nothing"
                        + " in common. Agreement: share of the images to which both give the same class.",
                "class",
                "note");
    }

    private void row(Table table, ComparisonRow row) {
        ComparedFeatures f = row.features();
        table.startRow(Standing.css(row.outcome()), side(row.left()) + " : " + side(row.right()), "");
        table.words(outcome(row));
        table.number(Numbers.fixed(f.matchedCorrelation(), 4));
        net(table, f.matchedNet());
        net(table, f.matchedNetWithinClass());
        table.number(Numbers.fixed(f.cka(), 4));
        table.number(Numbers.fixed(f.ckaBiased(), 4));
        table.number(Numbers.fixed(f.procrustes(), 4));
        table.number(Numbers.percent(f.agreement(), 2));
        table.endRow();
    }

    private static String outcome(ComparisonRow row) {
        String absent = row.featuresAbsent();
        return absent == null ? row.outcome() : row.outcome() + ", but not the features: " + absent;
    }

    private String side(ComparisonRow.@Nullable Model model) {
        return model == null ? Numbers.MISSING : runs.names().inFull(model.runId());
    }

    private static void net(Table table, @Nullable NetOfNull net) {
        if (net == null) {
            table.number(Numbers.MISSING);
        } else {
            table.number(
                    Numbers.fixed(net.net(), 4),
                    "[" + Numbers.fixed(net.low(), 4) + ", " + Numbers.fixed(net.high(), 4) + "]");
        }
    }
}
