package io.thetascope.gateway.report;

import io.thetascope.contracts.analysis.FeaturesResult;
import io.thetascope.contracts.analysis.MovementResult;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.identity.Step;
import io.thetascope.contracts.run.EpochFigures;
import io.thetascope.contracts.run.Origin;
import io.thetascope.contracts.run.RunSpec;
import io.thetascope.contracts.study.AcceptedStudy;
import io.thetascope.contracts.study.PlannedRun;
import io.thetascope.gateway.damage.Damage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the lines of the table of runs. */
final class RunRows {
    private static final RunMovement NO_MOVEMENT = new RunMovement(List.of(), null, null);
    private static final RunFeatures NO_FEATURES = new RunFeatures(List.of());

    private final AcceptedStudy study;
    private final Histories histories;
    private final Map<RunId, RunMovement> movement;
    private final Map<RunId, RunFeatures> features;
    private final List<NotMeasured> notMeasured;
    private final RetrainingFigures retrainings;
    private final WholeRuns ofWholeRuns;
    private final Damage damage;

    RunRows(AcceptedStudy study, Histories histories, Measurements measured) {
        this.study = study;
        this.histories = histories;
        this.movement = measured.movement();
        this.features = measured.features();
        this.notMeasured = measured.notMeasured();
        this.ofWholeRuns = measured.whole();
        this.damage = measured.damage();
        this.retrainings = new RetrainingFigures(study, histories, measured.comparisons());
    }

    List<RunRow> all() {
        return study.runs().stream().map(this::row).toList();
    }

    private RunRow row(PlannedRun run) {
        RunSpec spec = run.spec();
        Origin origin = spec.origin();
        RunHistory history = histories.of(run.runId());
        Step end = spec.schedule().lastStep();
        RunMovement moved = movement.getOrDefault(run.runId(), NO_MOVEMENT);
        MovementResult whole = moved.to(end).orElse(null);
        Unmoved unmoved = Unmoved.of(spec, whole);
        RunFeatures ofSteps = features.getOrDefault(run.runId(), NO_FEATURES);
        FeaturesResult seen = ofSteps.at(end).orElse(null);
        EpochFigures latest = latest(history);
        Double accuracy = accuracy(history, latest, spec);
        Double gate = study.spec().gates().get(spec.dataset().name());
        return new RunRow(
                run.runId(),
                spec.generation(),
                run.role(),
                origin == null ? null : origin.parent(),
                origin == null ? null : origin.perturbation(),
                origin == null ? null : origin.twin(),
                spec.network(),
                spec.dataset().name(),
                spec.initialization().kind(),
                spec.optimizer().kind(),
                run.seed(),
                history.state(),
                history.reason(),
                latest == null ? null : latest.step(),
                latest == null ? null : latest.epoch(),
                spec.epochs(),
                latest == null ? null : latest.train(),
                latest == null ? null : latest.test(),
                accuracy,
                gate,
                gateMet(history, accuracy, gate),
                startNorm(moved),
                whole == null ? null : whole.norm(),
                legs(spec, moved),
                whole == null ? null : whole.distanceFromStart(),
                moved.pathLength(),
                moved.straightness(),
                whole == null ? null : whole.changed().get("0"),
                unmoved,
                seen == null ? null : seen.meanAbsCorrelation(),
                seen == null ? null : seen.nullMeanAbsCorrelation(),
                RunPanel.of(run.runId(), ofSteps, end, ofWholeRuns),
                retrainings.of(run),
                problems(run.runId(), history, unmoved));
    }

    private static @Nullable EpochFigures latest(RunHistory history) {
        List<EpochFigures> epochs = history.epochs();
        return epochs.isEmpty() ? null : epochs.get(epochs.size() - 1);
    }

    private static @Nullable Double accuracy(RunHistory history, @Nullable EpochFigures latest, RunSpec spec) {
        if (latest == null || latest.epoch() < spec.epochs() || !history.state().equals("finished")) {
            return null;
        }
        return latest.test().accuracy();
    }

    private static @Nullable Boolean gateMet(RunHistory history, @Nullable Double accuracy, @Nullable Double gate) {
        if (gate == null) {
            return null;
        }
        if (accuracy != null) {
            return accuracy >= gate;
        }
        return history.state().equals("diverged") ? Boolean.FALSE : null;
    }

    private static @Nullable Double startNorm(RunMovement moved) {
        return moved.items().isEmpty() ? null : moved.items().get(0).startNorm();
    }

    private static List<Leg> legs(RunSpec spec, RunMovement moved) {
        List<Leg> legs = new ArrayList<>();
        List<Step> steps = spec.schedule().checkpointSteps();
        for (int i = 1; i < steps.size(); i++) {
            Double distance =
                    moved.to(steps.get(i)).map(MovementResult::distance).orElse(null);
            legs.add(Leg.of(spec.schedule(), steps.get(i - 1), steps.get(i), distance));
        }
        return legs;
    }

    private List<String> problems(RunId run, RunHistory history, @Nullable Unmoved unmoved) {
        List<String> problems = new ArrayList<>();
        if (List.of("diverged", "failed", "cancelled", "skipped").contains(history.state())) {
            problems.add(history.state() + (history.reason() == null ? "" : ": " + history.reason()));
        }
        damage.of(run).forEach(damaged -> problems.add(damaged.says()));
        notMeasured.stream()
                .filter(m -> m.ended() && !m.outcome().equals(Damage.WITHHELD)) // the damage says it
                .filter(m -> m.inputs().stream().allMatch(i -> i.runId().equals(run)))
                .map(RunRows::inWords)
                .forEach(problems::add);
        if (unmoved != null) {
            problems.addAll(unmoved.problems());
        }
        return problems;
    }

    private static String inWords(NotMeasured analysis) {
        Step last = analysis.inputs().get(analysis.inputs().size() - 1).step();
        String kind = switch (analysis.kind()) {
            case MOVEMENT -> "movement to step " + last;
            case FEATURES -> "features at step " + last;
            case ORDER -> "order of learning";
            case LAZINESS -> "laziness";
            case INTEGRITY -> "audit of the checkpoints";
            case PATH -> "path of the retraining";
            case SYMMETRY -> "effect on the function";
            default -> "an analysis";
        };
        return kind + " " + analysis.outcome() + (analysis.reason() == null ? "" : ": " + analysis.reason());
    }
}
