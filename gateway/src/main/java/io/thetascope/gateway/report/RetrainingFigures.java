package io.thetascope.gateway.report;

import io.thetascope.contracts.analysis.AnalysisKind;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.run.Origin;
import io.thetascope.contracts.study.AcceptedStudy;
import io.thetascope.contracts.study.PlannedRun;
import io.thetascope.contracts.study.RunRole;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Finds the comparisons that belong to one retraining. */
final class RetrainingFigures {
    private final AcceptedStudy study;
    private final Histories histories;
    private final List<ComparisonRow> comparisons;

    RetrainingFigures(AcceptedStudy study, Histories histories, List<ComparisonRow> comparisons) {
        this.study = study;
        this.histories = histories;
        this.comparisons = comparisons;
    }

    @Nullable
    Retraining of(PlannedRun run) {
        Origin origin = run.spec().origin();
        if (origin == null) {
            return null;
        }
        Regained regained = Regained.of(run.spec(), histories.of(run.runId()), histories.of(origin.parent()));
        boolean perturbed = run.role() == RunRole.PERTURBED;
        Retraining toParent = comparisons.stream()
                .filter(ComparisonRow::wasMeasured)
                .filter(row -> row.of(perturbed ? AnalysisKind.PERTURBATION : AnalysisKind.TWIN, run.runId()))
                .findFirst()
                .map(row -> Retraining.of(row, regained))
                .orElse(Retraining.unknown(regained));
        return perturbed ? toParent.against(effect(run.runId()), nullDistance(origin.parent())) : toParent;
    }

    private @Nullable Double effect(RunId child) {
        return comparisons.stream()
                .filter(row -> row.wasMeasured() && row.of(AnalysisKind.EFFECT, child))
                .map(ComparisonRow::distance)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** The mean over all twins with a new seed; absent while one of them is not measured. */
    private @Nullable Double nullDistance(RunId parent) {
        List<ComparisonRow> planned = study.runs().stream()
                .filter(run -> run.role() == RunRole.TWIN_NEW_SEED && descendsFrom(run, parent))
                .flatMap(twin -> comparisons.stream().filter(row -> row.of(AnalysisKind.NULL, twin.runId())))
                .toList();
        List<Double> distances = planned.stream()
                .filter(ComparisonRow::wasMeasured)
                .map(ComparisonRow::distance)
                .filter(Objects::nonNull)
                .toList();
        return planned.isEmpty() || distances.size() < planned.size()
                ? null
                : distances.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }

    private static boolean descendsFrom(PlannedRun run, RunId parent) {
        Origin origin = run.spec().origin();
        return origin != null && origin.parent().equals(parent);
    }
}
