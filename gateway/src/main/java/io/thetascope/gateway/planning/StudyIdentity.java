package io.thetascope.gateway.planning;

import io.thetascope.contracts.analysis.AnalysisRequest;
import io.thetascope.contracts.identity.AnalysisId;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.identity.StudyId;
import io.thetascope.contracts.json.Json;
import io.thetascope.contracts.study.PlannedRun;
import io.thetascope.contracts.study.RunRole;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** What decides a study's id: what is trained and measured, and by which gates it is judged. No names, no order. */
record StudyIdentity(int format, List<Member> runs, List<AnalysisId> analyses, Map<String, Double> gates) {
    private static final int FORMAT = 1;

    record Member(RunId runId, RunRole role) {}

    static StudyId of(List<PlannedRun> runs, List<AnalysisRequest> analyses, Map<String, Double> gates) {
        List<Member> members = runs.stream()
                .map(run -> new Member(run.runId(), run.role()))
                .sorted(Comparator.comparing(Member::runId))
                .toList();
        List<AnalysisId> ids =
                analyses.stream().map(AnalysisRequest::id).sorted().toList();
        return StudyId.ofCanonical(Json.canonical(new StudyIdentity(FORMAT, members, ids, gates)));
    }
}
