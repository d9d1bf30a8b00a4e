package io.thetascope.gateway.report;

import io.thetascope.contracts.analysis.AnalysisInput;
import io.thetascope.contracts.analysis.AnalysisKind;
import io.thetascope.contracts.analysis.AnalysisRequest;
import io.thetascope.contracts.analysis.ComparisonResult;
import io.thetascope.contracts.analysis.FeaturesResult;
import io.thetascope.contracts.analysis.MovementResult;
import io.thetascope.contracts.event.AnalysisCompleted;
import io.thetascope.contracts.identity.AnalysisId;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.study.AcceptedStudy;
import io.thetascope.contracts.study.PlannedRun;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The numbers of a study's analyses, read and put in the study's order; what has none is kept with its reason. */
final class Measurements {
    private final Map<AnalysisId, AnalysisCompleted> facts;
    private final Map<RunId, List<MovementResult>> moved = new LinkedHashMap<>();
    private final Map<RunId, List<FeaturesResult>> seen = new LinkedHashMap<>();
    private final Map<RunId, Integer> stepsPlanned = new HashMap<>();
    private final List<ComparisonRow> comparisons = new ArrayList<>();
    private final List<NotMeasured> missing = new ArrayList<>();

    private Measurements(Map<AnalysisId, AnalysisCompleted> facts) {
        this.facts = facts;
    }

    static Measurements of(AcceptedStudy study, List<AnalysisCompleted> facts) {
        Measurements measurements = new Measurements(facts.stream()
                .collect(Collectors.toMap(AnalysisCompleted::analysisId, f -> f, (first, again) -> again)));
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
        Ending ending = Ending.of(facts.get(request.id()));
        if (request.kind() == AnalysisKind.MOVEMENT) {
            stepsPlanned.merge(runOf(request), 1, Integer::sum);
            keep(request, ending.read(MovementResult.class), moved);
        } else if (request.kind() == AnalysisKind.FEATURES) {
            keep(request, ending.read(FeaturesResult.class), seen);
        } else if (request.kind().comparesModels()) {
            compare(request, ending.read(ComparisonResult.class));
        }
    }

    private <T> void keep(AnalysisRequest request, Ending.Reading<T> reading, Map<RunId, List<T>> byRun) {
        reading.numbers()
                .ifPresentOrElse(
                        numbers -> byRun.computeIfAbsent(runOf(request), run -> new ArrayList<>())
                                .add(numbers),
                        () -> missing.add(NotMeasured.of(request, reading.ending())));
    }

    private void compare(AnalysisRequest request, Ending.Reading<ComparisonResult> reading) {
        comparisons.add(reading.numbers()
                .map(numbers -> ComparisonRow.measured(request, numbers))
                .orElseGet(() -> ComparisonRow.missing(request, reading.ending())));
        if (reading.numbers().isEmpty()) {
            missing.add(NotMeasured.of(request, reading.ending()));
        }
    }

    private static RunId runOf(AnalysisRequest request) {
        return request.inputs().stream().map(AnalysisInput::runId).findFirst().orElseThrow();
    }

    Map<RunId, RunMovement> movement() {
        Map<RunId, RunMovement> byRun = new LinkedHashMap<>();
        moved.forEach((run, items) ->
                byRun.put(run, RunMovement.of(items, items.size() == stepsPlanned.getOrDefault(run, 0))));
        return byRun;
    }

    Map<RunId, RunFeatures> features() {
        Map<RunId, RunFeatures> byRun = new LinkedHashMap<>();
        seen.forEach((run, items) -> byRun.put(run, new RunFeatures(items)));
        return byRun;
    }

    List<ComparisonRow> comparisons() {
        return List.copyOf(comparisons);
    }

    List<NotMeasured> notMeasured() {
        return List.copyOf(missing);
    }
}
