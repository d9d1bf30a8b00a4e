package io.thetascope.analyzer.records;

import io.thetascope.contracts.analysis.AnalysisInput;
import io.thetascope.contracts.analysis.AnalysisKind;
import io.thetascope.contracts.analysis.AnalysisRequest;
import io.thetascope.contracts.analysis.InputRead;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.run.RunResult;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The store as it stands for the length of one fact or job: every run is looked up once. */
public final class Survey {
    private final RunRecords records;
    private final Map<RunId, Lineage> lineages = new HashMap<>();

    /** Looks at these records. */
    public Survey(RunRecords records) {
        this.records = records;
    }

    /** Returns a run's checkpoints. */
    public Lineage lineage(RunId run) {
        return lineages.computeIfAbsent(run, records::lineage);
    }

    /**
     * Says whether an analysis can be measured. A comparison waits until every run that it reads ended for good: only
     * then is it certain which checkpoint is the final one. An audit reads what the result names.
     */
    public Standing standing(AnalysisRequest request) {
        Map<String, Whereabouts.Stored> found = new HashMap<>();
        Standing.Waiting waiting = null;
        for (Map.Entry<String, Whereabouts> place : places(request).entrySet()) {
            if (place.getValue() instanceof Whereabouts.Never never) {
                return new Standing.Impossible(never.reason());
            } else if (place.getValue() instanceof Whereabouts.NotYet notYet) {
                waiting = new Standing.Waiting(notYet.reason());
            } else if (place.getValue() instanceof Whereabouts.Stored stored) {
                found.put(place.getKey(), stored);
            }
        }
        return waiting != null ? waiting : new Standing.Ready(found);
    }

    private Map<String, Whereabouts> places(AnalysisRequest request) {
        Map<String, Whereabouts> places = new LinkedHashMap<>();
        if (request.kind() == AnalysisKind.INTEGRITY) {
            request.runs().forEach(run -> audited(run, places));
            return places;
        }
        request.inputs().forEach(input -> places.put(input.name(), place(request, input)));
        evidence(request, places).ifPresent(place -> places.put(InputRead.EVIDENCE, place));
        return places;
    }

    /** An audit reads every checkpoint that the result names, whatever lies there, and waits for nothing but the result. */
    private void audited(RunId run, Map<String, Whereabouts> places) {
        RunResult result = lineage(run).result();
        if (result == null) {
            places.put(AnalysisInput.AT, new Whereabouts.NotYet(noResult(run)));
            return;
        }
        result.checkpoints()
                .forEach(c -> places.put(
                        AnalysisInput.of(AnalysisInput.AT, run, c.step()).name(), Whereabouts.Stored.of(c.artifact())));
    }

    private static String noResult(RunId run) {
        return "run " + run + " has no result yet";
    }

    /** Evidence is asked for once the checkpoint is there: a run without a checkpoint may have no spec yet either. */
    private Optional<Whereabouts> evidence(AnalysisRequest request, Map<String, Whereabouts> places) {
        if (request.kind() != AnalysisKind.MOVEMENT || !(places.get(AnalysisInput.TO) instanceof Whereabouts.Stored)) {
            return Optional.empty();
        }
        return request.input(AnalysisInput.TO)
                .filter(to -> records.spec(to.runId()).evidence())
                .flatMap(to -> lineage(to.runId()).evidenceAt(to.step()));
    }

    private Whereabouts place(AnalysisRequest request, AnalysisInput input) {
        Lineage lineage = lineage(input.runId());
        if (request.kind().waitsForResults() && !lineage.ended()) {
            return new Whereabouts.NotYet(noResult(input.runId()));
        }
        return lineage.at(input.step());
    }
}
