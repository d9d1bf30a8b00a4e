package io.thetascope.gateway.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.thetascope.contracts.analysis.AlignmentResult;
import io.thetascope.contracts.analysis.AnalysisInput;
import io.thetascope.contracts.analysis.AnalysisRequest;
import io.thetascope.contracts.analysis.BarrierResult;
import io.thetascope.contracts.analysis.ComparisonResult;
import io.thetascope.contracts.analysis.FeaturesResult;
import io.thetascope.contracts.analysis.IntegrityResult;
import io.thetascope.contracts.analysis.LazinessResult;
import io.thetascope.contracts.analysis.MovementResult;
import io.thetascope.contracts.analysis.OrderAgreementResult;
import io.thetascope.contracts.analysis.OrderResult;
import io.thetascope.contracts.analysis.RetrainingPathResult;
import io.thetascope.contracts.analysis.SymmetryResult;
import io.thetascope.contracts.event.AnalysisCompleted;
import io.thetascope.contracts.identity.AnalysisId;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.study.AcceptedStudy;
import io.thetascope.contracts.study.PlannedRun;
import io.thetascope.gateway.damage.Damage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The numbers of a study's analyses, read and put in the study's order; what has none is kept with its reason. */
final class Measurements {
    private final Map<AnalysisId, AnalysisCompleted> facts;
    private final Map<RunId, List<MovementResult>> moved = new LinkedHashMap<>();
    private final Map<RunId, List<FeaturesResult>> seen = new LinkedHashMap<>();
    private final Map<RunId, Integer> stepsPlanned = new HashMap<>();
    private final WholeRuns whole;
    private final Damage damage;
    private final List<ComparisonRow> comparisons = new ArrayList<>();
    private final List<AcrossRuns<OrderAgreementResult>> orderAgreements = new ArrayList<>();
    private final List<AcrossRuns<AlignmentResult>> alignments = new ArrayList<>();
    private final List<AcrossRuns<BarrierResult>> barriers = new ArrayList<>();
    private final List<NotMeasured> missing = new ArrayList<>();

    private Measurements(Map<AnalysisId, AnalysisCompleted> facts, Damage damage) {
        this.facts = facts;
        this.damage = damage;
        this.whole = new WholeRuns(damage);
    }

    static Measurements of(AcceptedStudy study, List<AnalysisCompleted> facts, Damage damage) {
        Measurements measurements = new Measurements(
                facts.stream()
                        .collect(Collectors.toMap(AnalysisCompleted::analysisId, f -> f, (first, again) -> again)),
                damage);
        for (PlannedRun run : study.runs()) {
            measurements.moved.put(run.runId(), new ArrayList<>());
            measurements.seen.put(run.runId(), new ArrayList<>());
        }
        study.analyses().forEach(measurements::take);
        measurements.moved.values().forEach(items -> items.sort(Comparator.comparing(MovementResult::toStep)));
        measurements.seen.values().forEach(items -> items.sort(Comparator.comparing(FeaturesResult::step)));
        return measurements;
    }

    private void take(AnalysisRequest request) {
        Ending ending = Ending.of(facts.get(request.id())).unless(damage.withholds(request));
        RunId run = runOf(request);
        switch (request.kind()) {
            case MOVEMENT -> {
                stepsPlanned.merge(run, 1, Integer::sum);
                keep(
                        request,
                        ending.read(MovementResult.class),
                        n -> listOf(moved, run).add(n));
            }
            case FEATURES ->
                keep(
                        request,
                        ending.read(FeaturesResult.class),
                        n -> listOf(seen, run).add(n));
            case ORDER -> keep(request, ending.read(OrderResult.class), n -> whole.order(run, n));
            case LAZINESS -> keep(request, ending.read(LazinessResult.class), n -> whole.laziness(run, n));
            case INTEGRITY -> keep(request, ending.read(IntegrityResult.class), n -> whole.audit(run, n));
            case ORDER_AGREEMENT ->
                orderAgreements.add(AcrossRuns.of(request, kept(request, ending.read(OrderAgreementResult.class))));
            case ALIGNMENT -> alignments.add(AcrossRuns.of(request, kept(request, ending.read(AlignmentResult.class))));
            case PERTURBATION, TWIN, EFFECT, NULL, PAIR ->
                compare(request, kept(request, ending.read(ComparisonResult.class)));
            case PATH -> keep(request, ending.read(RetrainingPathResult.class), n -> whole.path(ofChild(request), n));
            case SYMMETRY -> keep(request, ending.read(SymmetryResult.class), n -> whole.symmetry(ofChild(request), n));
            case BARRIER -> barriers.add(AcrossRuns.of(request, kept(request, ending.read(BarrierResult.class))));
            case UNKNOWN -> kept(request, ending.read(JsonNode.class));
        }
    }

    private static <T> List<T> listOf(Map<RunId, List<T>> byRun, RunId run) {
        return byRun.computeIfAbsent(run, r -> new ArrayList<>());
    }

    private <T> void keep(AnalysisRequest request, Ending.Reading<T> reading, Consumer<T> keeper) {
        kept(request, reading).numbers().ifPresent(keeper);
    }

    /** Notes a measure that has no numbers. */
    private <T> Ending.Reading<T> kept(AnalysisRequest request, Ending.Reading<T> reading) {
        if (reading.numbers().isEmpty()) {
            missing.add(NotMeasured.of(request, reading.ending()));
        }
        return reading;
    }

    private void compare(AnalysisRequest request, Ending.Reading<ComparisonResult> reading) {
        comparisons.add(reading.numbers()
                .map(numbers -> ComparisonRow.measured(request, numbers))
                .orElseGet(() -> ComparisonRow.missing(request, reading.ending())));
    }

    private static RunId runOf(AnalysisRequest request) {
        return request.inputs().stream().map(AnalysisInput::runId).findFirst().orElseThrow();
    }

    /** The retraining that an analysis is about; its first input is the end of the parent. */
    private static RunId ofChild(AnalysisRequest request) {
        return request.inputs().get(request.inputs().size() - 1).runId();
    }

    Map<RunId, RunMovement> movement() {
        Map<RunId, RunMovement> byRun = new LinkedHashMap<>();
        moved.forEach((run, items) -> byRun.put(
                run,
                RunMovement.of(
                        items,
                        items.size() == stepsPlanned.getOrDefault(run, 0)
                                && damage.of(run).isEmpty())));
        return byRun;
    }

    Map<RunId, RunFeatures> features() {
        Map<RunId, RunFeatures> byRun = new LinkedHashMap<>();
        seen.forEach((run, items) -> byRun.put(run, new RunFeatures(items)));
        return byRun;
    }

    WholeRuns whole() {
        return whole;
    }

    Damage damage() {
        return damage;
    }

    List<AcrossRuns<OrderAgreementResult>> orderAgreements() {
        return List.copyOf(orderAgreements);
    }

    List<AcrossRuns<AlignmentResult>> alignments() {
        return List.copyOf(alignments);
    }

    List<AcrossRuns<BarrierResult>> barriers() {
        return List.copyOf(barriers);
    }

    List<ComparisonRow> comparisons() {
        return List.copyOf(comparisons);
    }

    List<NotMeasured> notMeasured() {
        return List.copyOf(missing);
    }
}
