package io.thetascope.gateway.report.page;

import io.thetascope.contracts.analysis.AnalysisKind;
import io.thetascope.contracts.analysis.ComparisonResult;
import io.thetascope.contracts.analysis.Triangle;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.gateway.report.ComparisonRow;
import io.thetascope.gateway.report.RunRow;
import io.thetascope.gateway.report.markup.Markup;
import io.thetascope.gateway.report.markup.Numbers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The triangles of the perturbed runs by part: live parameters alone, modulo the sign of BatchNorm, and every tensor. */
final class PartsTable {
    private static final double BELOW_DRIFT = 0.1; // as of the whole (MEASURES §5)
    private static final List<String> HEADINGS =
            List.of("Part", "Parameters", "‖θ₂ − θ₁‖", "‖θₚ − θ₁‖", "‖θ₂ − θₚ‖", "R", "S", "cos(θ₁, θ₂)", "÷ drift");

    private final Runs runs;
    private final Map<RunId, ComparisonRow> triangles = new LinkedHashMap<>();

    PartsTable(Runs runs, List<ComparisonRow> comparisons) {
        this.runs = runs;
        for (ComparisonRow row : comparisons) {
            ComparisonRow.Model right = row.right();
            if (row.kind() == AnalysisKind.PERTURBATION && right != null && row.distance() != null) {
                triangles.put(right.runId(), row);
            }
        }
    }

    void write(Markup out) {
        if (triangles.isEmpty()) {
            return;
        }
        Table table = Table.ofNumbers(out, "Triangles as a whole, live, and modulo BatchNorm's sign", HEADINGS);
        eachRun((title, row) -> {
            table.group(title);
            whole(table, row);
            part(table, "live parameters alone", row.live());
            part(table, "modulo BatchNorm's sign", row.moduloSign());
        });
        table.end();
        layers(out);
    }

    private void layers(Markup out) {
        if (triangles.values().stream().allMatch(row -> row.layers().isEmpty())) {
            return;
        }
        out.open("details").leaf("summary", "Triangles of every parameter tensor");
        Table table = Table.ofNumbers(out, "Triangles by parameter tensor", HEADINGS);
        eachRun((title, row) -> {
            table.group(title);
            row.layers().forEach(layer -> part(table, layer.name(), layer));
        });
        table.end();
        out.close("details").line();
    }

    private interface Each {
        void run(String title, ComparisonRow row);
    }

    private void eachRun(Each each) {
        runs.families()
                .forEach((parent, rows) -> rows.stream()
                        .map(RunRow::runId)
                        .filter(triangles::containsKey)
                        .forEach(run -> {
                            ComparisonRow row = triangles.get(run);
                            if (row != null) {
                                each.run(
                                        runs.names().of(run) + ", from "
                                                + runs.names().of(parent) + " (" + run + ")",
                                        row);
                            }
                        }));
    }

    private static void whole(Table table, ComparisonRow row) {
        table.startRow("", "whole", "");
        table.words("");
        figures(table, row.distance(), row.displaced(), row.moved());
        shape(table, row.label(), row.recovery(), row.departure());
        table.number(Numbers.ratio(row.cosine()));
        table.number(Numbers.plain(row.ratioToDrift()));
        table.endRow();
    }

    private static void part(Table table, String name, @Nullable Triangle part) {
        if (part == null) {
            return;
        }
        table.startRow("", name, "");
        table.number(Numbers.whole(part.parameters()));
        figures(table, part.distance(), part.displaced(), part.moved());
        shape(table, belowDrift(part) ? ComparisonResult.BELOW_DRIFT : null, part.recovery(), part.departure());
        table.number(Numbers.ratio(part.cosine()));
        table.number(Numbers.plain(part.ratioToDrift()));
        table.endRow();
    }

    private static boolean belowDrift(Triangle part) {
        Double displaced = part.displaced();
        Double drift = part.drift();
        return displaced != null && drift != null && displaced < BELOW_DRIFT * drift;
    }

    private static void figures(
            Table table, @Nullable Double distance, @Nullable Double displaced, @Nullable Double moved) {
        table.number(Numbers.plain(distance));
        table.number(Numbers.plain(displaced));
        table.number(Numbers.plain(moved));
    }

    private static void shape(
            Table table, @Nullable String label, @Nullable Double recovery, @Nullable Double departure) {
        table.number(label == null ? Numbers.ratio(recovery) : label);
        table.number(label == null ? Numbers.plain(departure) : Numbers.MISSING);
    }
}
