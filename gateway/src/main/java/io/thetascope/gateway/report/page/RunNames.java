package io.thetascope.gateway.report.page;

import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.run.Perturbation;
import io.thetascope.contracts.run.Twin;
import io.thetascope.contracts.study.RunRole;
import io.thetascope.gateway.report.RunRow;
import io.thetascope.gateway.report.Unmoved;
import io.thetascope.gateway.report.markup.Numbers;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Names runs by what sets them apart from the others of their study. */
final class RunNames {
    private static final List<Function<RunRow, String>> FACTORS = List.of(
            RunRow::network, RunRow::dataset, RunRow::initialization, RunRow::optimizer, row -> "seed " + row.seed());

    private final List<Function<RunRow, String>> varying;
    private final Map<RunId, RunRow> byId;

    private RunNames(List<Function<RunRow, String>> varying, Map<RunId, RunRow> byId) {
        this.varying = varying;
        this.byId = byId;
    }

    static RunNames of(List<RunRow> rows) {
        List<Function<RunRow, String>> varying = FACTORS.stream()
                .filter(factor -> rows.stream().map(factor).distinct().count() > 1)
                .toList();
        return new RunNames(
                varying.isEmpty() ? FACTORS.subList(0, 4) : varying,
                rows.stream().collect(Collectors.toMap(RunRow::runId, row -> row, (first, again) -> first)));
    }

    /** Returns the name of a base run by its factors, of a retraining by what was done. */
    String of(RunRow row) {
        Perturbation perturbation = row.perturbation();
        Twin twin = row.twin();
        if (perturbation != null) {
            return perturbed(perturbation);
        }
        if (twin != null) {
            return "twin, " + twin.kind().replace('-', ' ') + (twin.index() > 1 ? " " + twin.index() : "");
        }
        return varying.stream().map(factor -> factor.apply(row)).collect(Collectors.joining(", ")) + donor(row);
    }

    String of(RunId run) {
        RunRow row = byId.get(run);
        return row == null ? run.value() : of(row);
    }

    /** Returns the name of a run, of a retraining with the run that it comes from. */
    String inFull(RunId run) {
        RunRow row = byId.get(run);
        RunId parent = row == null ? null : row.parentRunId();
        return parent == null ? of(run) : of(run) + " of " + of(parent);
    }

    /** A base run may have the same factors and see its images in another way. */
    private static String donor(RunRow row) {
        if (row.role() != RunRole.DONOR) {
            return "";
        }
        Unmoved unmoved = row.unmoved();
        return unmoved == null ? " (donor)" : " (donor, sees " + unmoved.input() + ")";
    }

    /** Returns what a perturbation does, in words that set it apart from the others of a study. */
    static String perturbed(Perturbation perturbation) {
        Perturbation matching = perturbation.matching();
        Long seed = perturbation.seed();
        return sized(perturbation)
                + (matching == null ? "" : " like " + sized(matching))
                + (perturbation.scope().equals(Perturbation.ALL) ? "" : " on " + perturbation.scope())
                + (seed == null || seed == Perturbation.DEFAULT_SEED ? "" : " #" + seed);
    }

    private static String sized(Perturbation perturbation) {
        Double value = perturbation.value();
        String name = perturbation.kind().equals(Perturbation.EPSILON)
                ? "ε"
                : perturbation.kind().replace('-', ' ');
        return name + (value == null ? "" : " = " + (value == 0 ? "0" : Numbers.scientific(value)));
    }
}
