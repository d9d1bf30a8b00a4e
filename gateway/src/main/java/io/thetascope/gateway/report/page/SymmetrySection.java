package io.thetascope.gateway.report.page;

import io.thetascope.contracts.analysis.FunctionChange;
import io.thetascope.contracts.analysis.FunctionFigures;
import io.thetascope.contracts.analysis.NormShift;
import io.thetascope.contracts.analysis.SymmetryResult;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.gateway.report.RunRow;
import io.thetascope.gateway.report.markup.Markup;
import io.thetascope.gateway.report.markup.Numbers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the perturbations did to the function before any retraining, beside what the symmetries of the network say. */
final class SymmetrySection {
    private static final List<String> HEADINGS = List.of(
            "Run",
            "BatchNorm",
            "Accuracy of θ₁",
            "of θₚ",
            "Loss of θ₁",
            "of θₚ",
            "Features changed",
            "Logits changed",
            "Same class",
            "Prediction off by");

    private final Runs runs;
    private final Map<RunId, SymmetryResult> symmetries;

    SymmetrySection(Runs runs, Map<RunId, SymmetryResult> symmetries) {
        this.runs = runs;
        this.symmetries = symmetries;
    }

    void write(Markup out) {
        if (symmetries.isEmpty()) {
            return;
        }
        out.open("section", "aria-labelledby", "symmetry")
                .leaf("h2", "What the perturbation did to the function", "id", "symmetry");
        Table table = Table.ofNumbers(out, "θₚ against θ₁ on the probe images, before any retraining", HEADINGS);
        Map<String, String> reasons = new LinkedHashMap<>();
        runs.families().forEach((parent, rows) -> {
            if (rows.stream().anyMatch(run -> symmetries.containsKey(run.runId()))) {
                table.group("From " + runs.names().of(parent) + " (" + parent + ")");
                rows.forEach(run -> run(table, run, reasons));
            }
        });
        table.end();
        out.leaf(
                "p",
                "Stored: the running statistics of the trained model. Recomputed: from training images, of θ₁ and of θₚ each."
                        + " Changed: ‖difference‖ / ‖before‖ over images. Prediction off by: ‖f(θₚ) − f(predicted)‖ / ‖f(θₚ)‖,"
                        + " rounding alone where the prediction holds.",
                "class",
                "note");
        reasons.forEach((name, reason) -> out.leaf("p", name + ": " + reason + ".", "class", "note"));
        shifts(out);
        out.close("section").line();
    }

    private void run(Table table, RunRow run, Map<String, String> reasons) {
        SymmetryResult result = symmetries.get(run.runId());
        if (result == null) {
            return;
        }
        String name = runs.names().of(run);
        String prediction = said(result);
        reasons.put(name + " (" + prediction + ")", result.reason());
        boolean normed = result.recomputed() != null;
        change(table, name, prediction, normed ? "stored" : "none", result.before(), result.stored());
        FunctionChange recomputed = result.recomputed();
        if (recomputed != null) {
            FunctionFigures before = result.beforeRecomputed();
            change(table, name, prediction, "recomputed", before, recomputed);
        }
    }

    private static String said(SymmetryResult result) {
        return switch (result.prediction()) {
            case SymmetryResult.SAME_FEATURES -> "same features predicted";
            case SymmetryResult.MIRRORED_BIASES -> "mirrored biases predicted";
            case SymmetryResult.NONE -> "nothing predicted";
            default -> result.prediction();
        };
    }

    private static void change(
            Table table,
            String name,
            String prediction,
            String statistics,
            @Nullable FunctionFigures before,
            FunctionChange change) {
        FunctionFigures predicted = change.predicted();
        table.startRow("", name, prediction);
        table.words(statistics);
        table.number(accuracy(before));
        table.number(accuracy(change.measured()), predicted(accuracy(predicted)));
        table.number(loss(before));
        table.number(loss(change.measured()), predicted(loss(predicted)));
        table.number(Numbers.plain(change.featureChange()), predicted(Numbers.plain(change.predictedFeatureChange())));
        table.number(Numbers.plain(change.logitChange()), predicted(Numbers.plain(change.predictedLogitChange())));
        table.number(Numbers.percent(change.agreement(), 1));
        table.number(Numbers.plain(change.predictionError()));
        table.endRow();
    }

    private static String predicted(String number) {
        return number.equals(Numbers.MISSING) ? "" : "predicted " + number;
    }

    private static String accuracy(@Nullable FunctionFigures figures) {
        return Numbers.percent(figures == null ? null : figures.accuracy(), 2);
    }

    private static String loss(@Nullable FunctionFigures figures) {
        return Numbers.plain(figures == null ? null : figures.loss());
    }

    private void shifts(Markup out) {
        if (symmetries.values().stream().allMatch(result -> result.shifts().isEmpty())) {
            return;
        }
        out.open("details").leaf("summary", "What a flip does to the output of every BatchNorm");
        Table table = Table.ofNumbers(
                out,
                "Shift of every BatchNorm of θ₁ when its input is negated, root mean square over units",
                List.of("BatchNorm", "Units", "2β", "2γμ/σ (stored statistics alone)"));
        runs.families()
                .forEach((parent, rows) -> rows.stream()
                        .map(run -> symmetries.get(run.runId()))
                        .filter(result -> result != null && !result.shifts().isEmpty())
                        .findFirst()
                        .ifPresent(result -> {
                            table.group(runs.names().of(parent) + " (" + parent + ")");
                            result.shifts().forEach(shift -> shift(table, shift));
                        }));
        table.end();
        out.close("details").line();
    }

    private static void shift(Table table, NormShift shift) {
        table.startRow("", shift.layer(), "");
        table.number(Numbers.whole(shift.units()));
        table.number(Numbers.plain(shift.biasShift()));
        table.number(Numbers.plain(shift.meanShift()));
        table.endRow();
    }
}
