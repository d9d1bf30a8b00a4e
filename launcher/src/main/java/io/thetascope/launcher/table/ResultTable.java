package io.thetascope.launcher.table;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** The result of a study as text, made from its JSON report (DESIGN §6) and nothing else. */
public final class ResultTable {
    private ResultTable() {}

    /** Returns the lines to print. */
    public static List<String> of(JsonNode report) {
        List<JsonNode> trained = new ArrayList<>();
        List<JsonNode> retrained = new ArrayList<>();
        report.path("runs").forEach(run -> (run.path("generation").asInt() == 0 ? trained : retrained).add(run));
        List<String> lines = new ArrayList<>();
        RunLabels labels = RunLabels.of(trained);
        section(lines, "Trained from an initialisation (θ0)", trained(trained, labels));
        section(lines, "Retrained from the trained models (θ1 → θ2)", retrained(retrained, labels));
        turns(lines, report.path("escape"));
        marks(lines, report.path("runs"));
        problems(lines, report.path("runs"));
        report.path("provenance").path("datasets").forEach(dataset -> lines.add(source(dataset)));
        return lines;
    }

    /** Where return turns into leaving, for every sweep over the size of a perturbation. */
    private static void turns(List<String> lines, JsonNode curves) {
        for (JsonNode curve : curves) {
            JsonNode sweep = curve.path("sweep");
            lines.add("Sweep of " + Cell.text(sweep.path("kind")) + ", " + Cell.text(sweep.path("network")) + " on "
                    + Cell.text(sweep.path("dataset")) + ", " + Cell.text(sweep.path("initialization")) + ", "
                    + Cell.text(sweep.path("optimizer")));
            lines.add("  " + Cell.text(curve.path("overNull").path("says")));
            lines.add("  " + Cell.text(curve.path("notBack").path("says")));
            lines.add("");
        }
    }

    private static void section(List<String> lines, String title, List<String> table) {
        if (!table.isEmpty()) {
            lines.add(title);
            lines.addAll(table);
            lines.add("");
        }
    }

    private static List<String> trained(List<JsonNode> runs, RunLabels labels) {
        LegColumns legs = LegColumns.of(runs);
        List<String> header = new ArrayList<>(List.of("run", "state", "accuracy", "‖θ0‖", "‖θ" + end(runs) + "‖"));
        header.addAll(legs.names());
        header.addAll(List.of("changed", "mean |ρ|"));
        TextTable table = new TextTable(header, 2);
        for (JsonNode run : runs) {
            List<String> cells = new ArrayList<>(List.of(
                    labels.of(run),
                    Cell.text(run.path("state")),
                    Cell.accuracy(run),
                    Cell.number(run.path("startNorm")),
                    Cell.number(run.path("endNorm"))));
            cells.addAll(legs.cells(run));
            cells.add(Cell.percent(run.path("changed")));
            cells.add(Cell.number(run.path("meanAbsCorrelation")));
            table.row(cells);
        }
        return table.lines();
    }

    private static List<String> retrained(List<JsonNode> runs, RunLabels labels) {
        TextTable table = new TextTable(
                List.of("parent", "what", "state", "accuracy", "‖θ1‖", "‖θ2‖", "‖θ2−θ1‖", "S", "cosine", "E/N", "R"),
                3);
        for (JsonNode run : runs) {
            JsonNode retraining = run.path("retraining");
            table.row(List.of(
                    labels.of(run.path("parentRunId").asText()),
                    Treatment.of(run),
                    Cell.text(run.path("state")),
                    Cell.accuracy(run),
                    Cell.number(retraining.path("norm1")),
                    Cell.number(retraining.path("norm2")),
                    Cell.number(retraining.path("distance")),
                    departure(retraining),
                    Cell.number(retraining.path("cosine")),
                    Cell.number(retraining.path("effectToNull")),
                    recovery(retraining)));
        }
        return table.lines();
    }

    private static String recovery(JsonNode retraining) {
        JsonNode label = retraining.path("recoveryLabel");
        return label.isTextual() ? label.asText() : Cell.number(retraining.path("recovery"));
    }

    /** S says nothing where R says nothing. */
    private static String departure(JsonNode retraining) {
        return retraining.path("recoveryLabel").isTextual() ? Cell.MISSING : Cell.number(retraining.path("departure"));
    }

    /** The index of the end: the epoch where all runs trained equally long, else T. */
    private static String end(List<JsonNode> runs) {
        List<String> epochs = runs.stream()
                .map(run -> run.path("epoch").asText("T"))
                .distinct()
                .toList();
        return epochs.size() == 1 ? epochs.get(0) : "T";
    }

    private static void marks(List<String> lines, JsonNode runs) {
        for (JsonNode run : runs) {
            if (run.path("gateMet").isBoolean()) {
                lines.add("✓ reaches the accuracy gate, ✗ does not. Shares are cut, not rounded.");
                lines.add("");
                return;
            }
        }
    }

    private static void problems(List<String> lines, JsonNode runs) {
        int before = lines.size();
        for (JsonNode run : runs) {
            JsonNode problems = run.path("problems");
            if (!problems.isEmpty()) {
                String more = problems.size() == 1 ? "" : "; and " + (problems.size() - 1) + " more, in the report";
                lines.add(run.path("runId").asText() + ": " + problems.get(0).asText() + more);
            }
        }
        if (lines.size() > before) {
            lines.add("");
        }
    }

    private static String source(JsonNode dataset) {
        String kind =
                dataset.path("official").asBoolean() ? "the official files" : "unverified: not the official checksums";
        return "Images: " + Cell.text(dataset.path("name")) + " from " + Cell.text(dataset.path("source")) + " (" + kind
                + ")";
    }
}
