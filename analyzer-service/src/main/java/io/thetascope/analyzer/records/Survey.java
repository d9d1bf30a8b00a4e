package io.thetascope.analyzer.records;

import io.thetascope.contracts.analysis.AnalysisInput;
import io.thetascope.contracts.analysis.AnalysisRequest;
import io.thetascope.contracts.identity.RunId;
import java.util.HashMap;
import java.util.Map;

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
     * then is it certain which checkpoint is the final one.
     */
    public Standing standing(AnalysisRequest request) {
        Map<String, Whereabouts.Stored> found = new HashMap<>();
        Standing.Waiting waiting = null;
        for (AnalysisInput input : request.inputs()) {
            Whereabouts place = place(request, input);
            if (place instanceof Whereabouts.Never never) {
                return new Standing.Impossible(never.reason());
            } else if (place instanceof Whereabouts.NotYet notYet) {
                waiting = new Standing.Waiting(notYet.reason());
            } else if (place instanceof Whereabouts.Stored stored) {
                found.put(input.name(), stored);
            }
        }
        return waiting != null ? waiting : new Standing.Ready(found);
    }

    private Whereabouts place(AnalysisRequest request, AnalysisInput input) {
        Lineage lineage = lineage(input.runId());
        if (request.kind().comparesRuns() && !lineage.ended()) {
            return new Whereabouts.NotYet("run " + input.runId() + " has no result yet");
        }
        return lineage.at(input.step());
    }
}
