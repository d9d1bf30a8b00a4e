package io.thetascope.gateway.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thetascope.contracts.analysis.AnalysisKind;
import io.thetascope.contracts.analysis.AnalysisOutcome;
import io.thetascope.contracts.analysis.AnalysisRequest;
import io.thetascope.contracts.analysis.IntegrityResult.Finding;
import io.thetascope.contracts.event.AnalysisCompleted;
import io.thetascope.contracts.identity.Attempt;
import io.thetascope.contracts.identity.Digest;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.identity.Step;
import io.thetascope.contracts.json.Json;
import io.thetascope.contracts.run.ArtifactRef;
import io.thetascope.contracts.run.Environment;
import io.thetascope.contracts.run.StoredCheckpoint;
import io.thetascope.contracts.study.AcceptedStudy;
import io.thetascope.contracts.study.PlannedRun;
import io.thetascope.gateway.damage.Damage;
import io.thetascope.gateway.damage.DamagedStep;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Builds what is known of a quick study, finished unless told otherwise. */
final class ReportFixture {
    static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    private final AcceptedStudy study;
    private final Map<RunId, PlannedRun> planned = new LinkedHashMap<>();
    private final Map<RunId, RunHistory> histories = new LinkedHashMap<>();
    private final List<AnalysisCompleted> analyses = new ArrayList<>();
    private final Map<RunId, List<DamagedStep>> damaged = new LinkedHashMap<>();
    private Attempt attempt = Attempt.of(3, 1);
    private Instant accepted = NOON;

    private ReportFixture(AcceptedStudy study) {
        this.study = study;
        study.runs().forEach(run -> planned.put(run.runId(), run));
        study.runs().forEach(run -> histories.put(run.runId(), history(run, "finished", null)));
        study.analyses().forEach(request -> analyses.add(measured(request, result(request))));
    }

    static ReportFixture finished(String name) {
        return new ReportFixture(QuickStudy.named(name));
    }

    /** A network on a data set from a few seeds, all finished and measured. */
    static ReportFixture overSeeds(String network, String dataset, long... seeds) {
        return new ReportFixture(QuickStudy.overSeeds(network, dataset, seeds));
    }

    /** The same analysis with another number. */
    static AnalysisCompleted with(AnalysisCompleted fact, String number, double value) {
        ObjectNode result = Objects.requireNonNull((ObjectNode) fact.result()).deepCopy();
        result.put(number, value);
        return ended(fact.request(), fact.outcome(), null, result, fact.attempt());
    }

    /** The same study in another home: other times and attempts, the same numbers. */
    ReportFixture elsewhere() {
        attempt = Attempt.of(11, 2);
        accepted = NOON.plusSeconds(86_400);
        planned.values().forEach(run -> histories.put(run.runId(), history(run, "finished", null)));
        analyses.replaceAll(a -> measured(a.request(), a.result()));
        Collections.reverse(analyses);
        return this;
    }

    ReportFixture with(RunId run, String state, @Nullable String reason) {
        histories.put(run, history(planned(run), state, reason));
        return this;
    }

    /** Changes what is known of a run. */
    ReportFixture changing(RunId run, UnaryOperator<RunHistory> change) {
        histories.computeIfPresent(run, (id, history) -> change.apply(history));
        return this;
    }

    /** A checkpoint of a run is not what it was announced as. */
    ReportFixture damaged(RunId run, Step step) {
        Finding finding = new Finding(Finding.DAMAGED, "restore the object, then audit again");
        damaged.put(run, List.of(new DamagedStep(step, List.of(finding))));
        return this;
    }

    ReportFixture unheard(RunId run) {
        histories.remove(run);
        return this;
    }

    ReportFixture without(RunId run) {
        analyses.removeIf(a -> a.request().runs().contains(run));
        return this;
    }

    /** Changes the outcome of a run's own analyses of a kind. */
    ReportFixture changing(RunId run, AnalysisKind kind, UnaryOperator<AnalysisCompleted> change) {
        analyses.replaceAll(
                a -> a.request().kind() == kind && a.request().runs().contains(run) ? change.apply(a) : a);
        return this;
    }

    static AnalysisCompleted refused(AnalysisCompleted fact, String reason) {
        return ended(fact.request(), AnalysisOutcome.REFUSED, reason, null, fact.attempt());
    }

    /** The same analysis with another result. */
    static AnalysisCompleted with(AnalysisCompleted fact, Object result) {
        return ended(fact.request(), fact.outcome(), null, result, fact.attempt());
    }

    AcceptedStudy study() {
        return study;
    }

    ReportData data() {
        return new ReportData(
                study,
                "completed",
                accepted,
                accepted.plusSeconds(301),
                List.copyOf(histories.values()),
                analyses,
                Damage.of(damaged),
                "0.1.0");
    }

    Report report() {
        return Report.of(data());
    }

    private PlannedRun planned(RunId run) {
        PlannedRun found = planned.get(run);
        if (found == null) {
            throw new IllegalArgumentException("not in the study: " + run);
        }
        return found;
    }

    private RunHistory history(PlannedRun run, String state, @Nullable String reason) {
        return new RunHistory(
                run.runId(),
                state,
                reason,
                PlausibleNumbers.epochs(run),
                run.spec().schedule().checkpointSteps().stream()
                        .map(step -> checkpoint(run, step))
                        .toList(),
                new Environment("2.7.1", "AVX512", 1, "cpu", "0.35.1", "17.0.15", "Linux amd64"),
                List.of(),
                attempt,
                accepted.plusSeconds(20),
                accepted.plusSeconds(60),
                3512.7);
    }

    private static StoredCheckpoint checkpoint(PlannedRun run, Step step) {
        Digest digest = Digest.of((run.runId() + "@" + step).getBytes(StandardCharsets.UTF_8));
        String key = "runs/" + run.runId() + "/checkpoints/step-" + step;
        return new StoredCheckpoint(step, run.spec().schedule().epochOf(step), new ArtifactRef(key, digest, 247_588));
    }

    private Object result(AnalysisRequest request) {
        return switch (request.kind()) {
            case MOVEMENT -> PlausibleNumbers.movement(ofInput(request, "to"), request);
            case FEATURES -> PlausibleNumbers.features(ofInput(request, "at"), request);
            case ORDER -> PlausibleNumbers.order(planned(request.inputs().get(0).runId()), request);
            case LAZINESS -> PlausibleNumbers.laziness(ofInput(request, "to"), request);
            case INTEGRITY ->
                PlausibleNumbers.integrity(Objects.requireNonNull(
                        histories.get(ofInput(request, "to").runId())));
            case ALIGNMENT -> PlausibleNumbers.alignment();
            case ORDER_AGREEMENT -> PlausibleNumbers.orderAgreement();
            case PATH -> RetrainingNumbers.path(lastInput(request), request);
            case SYMMETRY -> RetrainingNumbers.symmetry(lastInput(request));
            case BARRIER -> RetrainingNumbers.barrier(ofInput(request, "right"));
            default -> PlausibleNumbers.comparison(request, ofInput(request, "left"), ofInput(request, "right"));
        };
    }

    private PlannedRun lastInput(AnalysisRequest request) {
        return planned(request.inputs().get(request.inputs().size() - 1).runId());
    }

    private PlannedRun ofInput(AnalysisRequest request, String name) {
        return planned(request.input(name).orElseThrow().runId());
    }

    private AnalysisCompleted measured(AnalysisRequest request, @Nullable Object result) {
        return ended(request, AnalysisOutcome.MEASURED, null, result, attempt);
    }

    private static AnalysisCompleted ended(
            AnalysisRequest request,
            AnalysisOutcome outcome,
            @Nullable String reason,
            @Nullable Object result,
            Attempt attempt) {
        return new AnalysisCompleted(
                request.id(),
                attempt,
                request,
                outcome,
                reason,
                List.of(),
                result == null ? null : Json.tree(result),
                null,
                NOON);
    }
}
