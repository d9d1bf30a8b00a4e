package io.thetascope.gateway.report;

import io.thetascope.contracts.analysis.AnalysisKind;
import io.thetascope.contracts.analysis.FeaturesResult;
import io.thetascope.contracts.analysis.GroupMovement;
import io.thetascope.contracts.analysis.MovementResult;
import io.thetascope.contracts.analysis.NetOfNull;
import io.thetascope.contracts.analysis.OrderAgreementResult;
import io.thetascope.contracts.analysis.OrderAgreementResult.RankAgreement;
import io.thetascope.contracts.analysis.Triangle;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.run.EpochFigures;
import io.thetascope.contracts.study.AcceptedStudy;
import io.thetascope.contracts.study.PlannedRun;
import io.thetascope.contracts.study.RunRole;
import io.thetascope.gateway.verdict.Evidence;
import io.thetascope.gateway.verdict.Factors;
import io.thetascope.gateway.verdict.Figures;
import io.thetascope.gateway.verdict.Gates;
import io.thetascope.gateway.verdict.Meeting;
import io.thetascope.gateway.verdict.Moment;
import io.thetascope.gateway.verdict.Retrained;
import io.thetascope.gateway.verdict.Trial;
import io.thetascope.networks.NetworkDescription;
import io.thetascope.networks.Networks;
import io.thetascope.networks.ParameterKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Takes from the sections of a report what claims are judged by. */
final class VerdictEvidence {
    private final AcceptedStudy study;
    private final Histories histories;
    private final Measurements measured;
    private final List<RunRow> rows;
    private final Gates gates;
    private final Map<RunId, RunMovement> movement;
    private final Map<RunId, RunFeatures> features;

    private VerdictEvidence(AcceptedStudy study, Histories histories, Measurements measured, List<RunRow> rows) {
        this.study = study;
        this.histories = histories;
        this.measured = measured;
        this.rows = rows;
        this.gates = new Gates(study.spec().gates());
        this.movement = measured.movement();
        this.features = measured.features();
    }

    /**
     * Returns the evidence.
     *
     * @param rows one a planned run, in the order of the study
     */
    static Evidence of(AcceptedStudy study, Histories histories, Measurements measured, List<RunRow> rows) {
        return new VerdictEvidence(study, histories, measured, rows).all();
    }

    private Evidence all() {
        List<Trial> trials = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            trials.add(trial(study.runs().get(i), rows.get(i)));
        }
        return new Evidence(
                gates,
                trials,
                measured.comparisons().stream()
                        .filter(row -> row.kind() == AnalysisKind.PAIR)
                        .flatMap(row -> features(row).stream())
                        .toList(),
                orders(OrderAgreementResult::classes),
                orders(OrderAgreementResult::blocks));
    }

    private Trial trial(PlannedRun run, RunRow row) {
        return new Trial(
                row.runId(),
                row.role(),
                new Factors(row.network(), row.dataset(), row.initialization(), row.optimizer(), row.seed()),
                gates.judge(row.dataset(), row.state(), row.accuracy()),
                figures(run, row),
                row.role() == RunRole.PERTURBED ? retrained(run, row) : null);
    }

    private Figures figures(PlannedRun run, RunRow row) {
        MovementResult whole = Optional.ofNullable(movement.get(row.runId()))
                .flatMap(moved -> moved.to(run.spec().schedule().lastStep()))
                .orElse(null);
        GroupMovement live = whole == null ? null : whole.live();
        return new Figures(
                network(run).map(NetworkDescription::parameterCount).orElse(null),
                row.changed(),
                live == null ? null : live.changed().get("0"),
                row.panel().lazinessResidual(),
                whole == null ? null : whole.relative(),
                features(row.runId()).stream()
                        .filter(seen -> seen.step().equals(run.spec().schedule().lastStep()))
                        .map(FeaturesResult::meanCorrelation)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null),
                moments(row.runId()));
    }

    private static Optional<NetworkDescription> network(PlannedRun run) {
        return Networks.names().contains(run.spec().network())
                ? Optional.of(Networks.named(run.spec().network(), run.spec().input()))
                : Optional.empty();
    }

    private List<FeaturesResult> features(RunId run) {
        RunFeatures seen = features.get(run);
        return seen == null ? List.of() : seen.items();
    }

    private List<Moment> moments(RunId run) {
        List<Moment> moments = new ArrayList<>();
        for (FeaturesResult seen : features(run)) {
            for (EpochFigures epoch : histories.of(run).epochs()) {
                Double loss = epoch.train().loss();
                if (epoch.step().equals(seen.step()) && loss != null && seen.meanCorrelation() != null) {
                    moments.add(new Moment(loss, seen.meanCorrelation()));
                }
            }
        }
        return moments;
    }

    private @Nullable Retrained retrained(PlannedRun run, RunRow row) {
        RunId parent = row.parentRunId();
        if (parent == null || row.perturbation() == null) {
            return null;
        }
        RunId twin = twins(parent, RunRole.TWIN_SAME_SEED).stream().findFirst().orElse(null);
        Optional<ComparisonRow> toParent = comparison(AnalysisKind.PERTURBATION, row.runId());
        Optional<ComparisonRow> twinToParent = twin == null ? Optional.empty() : comparison(AnalysisKind.TWIN, twin);
        return new Retrained(
                row.perturbation(),
                parent,
                twin,
                twins(parent, RunRole.TWIN_NEW_SEED),
                network(run)
                        .filter(n -> n.parameters().stream().anyMatch(p -> p.kind() == ParameterKind.NORM_WEIGHT))
                        .isPresent(),
                row.retraining() == null ? null : row.retraining().effectToNull(),
                toParent.map(c -> c.features().matchedCorrelation()).orElse(null),
                twinToParent.map(c -> c.features().matchedCorrelation()).orElse(null),
                toParent.map(ComparisonRow::ratioToDrift).orElse(null),
                toParent.map(ComparisonRow::moduloSign)
                        .map(Triangle::ratioToDrift)
                        .orElse(null));
    }

    private List<RunId> twins(RunId parent, RunRole role) {
        return rows.stream()
                .filter(row -> row.role() == role && parent.equals(row.parentRunId()))
                .map(RunRow::runId)
                .toList();
    }

    private Optional<ComparisonRow> comparison(AnalysisKind kind, RunId child) {
        return measured.comparisons().stream()
                .filter(row -> row.wasMeasured() && row.of(kind, child))
                .findFirst();
    }

    private static Optional<Meeting> features(ComparisonRow row) {
        ComparisonRow.Model left = row.left();
        ComparisonRow.Model right = row.right();
        if (left == null || right == null) {
            return Optional.empty();
        }
        NetOfNull net = row.features().matchedNet();
        String why = row.featuresAbsent() == null ? ended(row.outcome(), row.reason()) : row.featuresAbsent();
        return Optional.of(new Meeting(
                left.runId(), right.runId(), net == null ? null : (Double) net.net(), net == null ? why : null));
    }

    private List<Meeting> orders(Function<OrderAgreementResult, RankAgreement> part) {
        return measured.orderAgreements().stream().map(row -> order(row, part)).toList();
    }

    private static Meeting order(
            AcrossRuns<OrderAgreementResult> row, Function<OrderAgreementResult, RankAgreement> part) {
        OrderAgreementResult numbers = row.numbers();
        if (numbers == null) {
            return new Meeting(row.left(), row.right(), null, ended(row.outcome(), row.reason()));
        }
        if (numbers.tooCoarse() != null) {
            return new Meeting(row.left(), row.right(), null, numbers.tooCoarse());
        }
        Double tau = part.apply(numbers).tau();
        return new Meeting(row.left(), row.right(), tau, tau == null ? "nothing to rank" : null);
    }

    private static String ended(String outcome, @Nullable String reason) {
        return reason == null ? outcome : outcome + ": " + reason;
    }
}
