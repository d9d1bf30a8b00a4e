package io.thetascope.gateway.projection;

import io.thetascope.contracts.analysis.AnalysisInput;
import io.thetascope.contracts.analysis.AnalysisOutcome;
import io.thetascope.contracts.analysis.AnalysisRequest;
import io.thetascope.contracts.event.AnalysisCompleted;
import io.thetascope.contracts.identity.AnalysisId;
import io.thetascope.contracts.json.Json;
import io.thetascope.gateway.database.Session;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The rows of analyses. What was measured may be measured anew, as after a checkpoint was replaced; it never gets lost. */
public final class AnalysisRows {
    /** The outcome of an analysis that has none yet. */
    public static final String PLANNED = "planned";

    private static final List<String> SUBJECTS =
            List.of(AnalysisInput.TO, AnalysisInput.AT, AnalysisInput.RIGHT, AnalysisInput.LEFT);

    private final Session session;

    /** Works within this transaction. */
    public AnalysisRows(Session session) {
        this.session = session;
    }

    /** Makes sure that an analysis has a row. */
    public void plan(AnalysisId id, AnalysisRequest request) throws SQLException {
        AnalysisInput subject = subject(request);
        session.update(
                "INSERT INTO analysis (analysis_id, kind, run_id, step, request, outcome) VALUES (?, ?, ?, ?, ?, ?)"
                        + " ON CONFLICT DO NOTHING",
                id,
                Json.tree(request.kind()).asText(),
                subject.runId(),
                subject.step().value(),
                text(request),
                PLANNED);
    }

    /** Keeps how an analysis ended: the latest measurement, else the latest refusal or failure. */
    public void ended(AnalysisCompleted fact) throws SQLException {
        plan(fact.analysisId(), fact.request());
        String unless = fact.outcome() == AnalysisOutcome.MEASURED ? "" : " AND outcome <> 'measured'";
        session.update(
                "UPDATE analysis SET outcome = ?, fact = ? WHERE analysis_id = ?" + unless,
                word(fact.outcome()),
                text(fact),
                fact.analysisId());
    }

    private static String word(AnalysisOutcome outcome) {
        AnalysisOutcome known = outcome == AnalysisOutcome.UNKNOWN ? AnalysisOutcome.FAILED : outcome;
        return Json.tree(known).asText();
    }

    /** What the analysis is about: the checkpoint that is measured, or the later side of a comparison. */
    private static AnalysisInput subject(AnalysisRequest request) {
        return SUBJECTS.stream()
                .map(request::input)
                .flatMap(Optional::stream)
                .findFirst()
                .orElse(request.inputs().get(0));
    }

    private static String text(Object contract) {
        return new String(Json.bytes(contract), StandardCharsets.UTF_8);
    }
}
