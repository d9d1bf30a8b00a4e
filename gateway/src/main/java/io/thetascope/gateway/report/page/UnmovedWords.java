package io.thetascope.gateway.report.page;

import io.thetascope.contracts.analysis.AnalysisInput;
import io.thetascope.contracts.analysis.AnalysisKind;
import io.thetascope.contracts.analysis.Attribution;
import io.thetascope.contracts.identity.Step;
import io.thetascope.gateway.report.NotMeasured;
import io.thetascope.gateway.report.RunRow;
import io.thetascope.gateway.report.Unmoved;
import io.thetascope.gateway.report.markup.Numbers;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says in a sentence what of a run never moved and why; where that was not measured, why not and what is predicted. */
final class UnmovedWords {
    private static final Map<String, String> ENDINGS = Map.of(
            "diverged", "diverged",
            "failed", "failed",
            "cancelled", "was cancelled",
            "skipped", "was skipped");

    private final List<NotMeasured> notMeasured;

    UnmovedWords(List<NotMeasured> notMeasured) {
        this.notMeasured = notMeasured;
    }

    /** Returns the line of a run. */
    String of(RunRow row, Unmoved unmoved) {
        Attribution found = unmoved.found();
        Double share = unmoved.share();
        if (share != null && found == null) {
            return Numbers.roundedPercent(share, 2)
                    + " never moved; the analyzer that measured it did not count causes";
        }
        if (found == null || share == null) {
            return whyNot(row) + "; predicted: " + predicted(unmoved);
        }
        return Numbers.roundedPercent(share, 2) + " never moved: " + geometry(unmoved, found) + ", "
                + Numbers.whole(found.dataDead()) + " data-dead, " + Numbers.whole(found.absorbed()) + " absorbed, "
                + Numbers.whole(found.returned()) + " returned; " + Numbers.whole(found.unexplained())
                + " unexplained" + decayed(unmoved, found);
    }

    /** What no image moves, weight decay still does: only without it does the description say what never moves. */
    private static String predicted(Unmoved unmoved) {
        long dead = unmoved.predictedGeometryDead();
        String share = "at least " + Numbers.roundedPercent((double) dead / unmoved.parameters(), 2) + " of "
                + Numbers.whole(unmoved.parameters());
        return unmoved.weightDecay() > 0
                ? share + " (" + Numbers.whole(dead) + " weights) get no gradient from any image; weight decay of "
                        + Numbers.brief(unmoved.weightDecay()) + " moves them"
                : share + " never move";
    }

    private String whyNot(RunRow row) {
        String ending = ENDINGS.get(row.state());
        if (ending != null) {
            return "was not measured: the run " + ending + because(row.reason());
        }
        return lastMovement(row)
                .filter(NotMeasured::ended)
                .map(m -> "was not measured: " + m.outcome() + because(m.reason()))
                .orElse("not measured yet");
    }

    private static String because(@Nullable String reason) {
        return reason == null ? "" : ": " + reason;
    }

    /** Of the movement that has no numbers, that to the latest step: the one that would say what never moved. */
    private Optional<NotMeasured> lastMovement(RunRow row) {
        return notMeasured.stream()
                .filter(m -> m.kind() == AnalysisKind.MOVEMENT
                        && m.inputs().stream().allMatch(i -> i.runId().equals(row.runId())))
                .max(Comparator.comparing(UnmovedWords::lastStep));
    }

    private static Step lastStep(NotMeasured movement) {
        return movement.inputs().stream()
                .map(AnalysisInput::step)
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    private static String geometry(Unmoved unmoved, Attribution found) {
        return found.geometryDead() == 0
                ? "0 geometry-dead"
                : Numbers.whole(found.geometryDead())
                        + " weights are geometry-dead (their kernel taps can only meet padding at " + unmoved.input()
                        + ")";
    }

    private static String decayed(Unmoved unmoved, Attribution found) {
        return found.geometryDeadChanged() > 0 && unmoved.weightDecay() > 0
                ? ". " + Numbers.whole(found.geometryDeadChanged()) + " geometry-dead weights changed: weight decay of "
                        + Numbers.brief(unmoved.weightDecay()) + " moves them without any image"
                : "";
    }
}
