package io.thetascope.gateway.projection;

import io.thetascope.contracts.analysis.AnalysisInput;
import io.thetascope.contracts.analysis.AnalysisOutcome;
import io.thetascope.contracts.analysis.AnalysisRequest;
import io.thetascope.contracts.event.AnalysisCompleted;
import io.thetascope.contracts.identity.AnalysisId;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.json.Json;
import io.thetascope.gateway.database.Session;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
        for (RunId run : request.runs()) {
            session.update(
                    "INSERT INTO analysis_run (analysis_id, run_id) VALUES (?, ?) ON CONFLICT DO NOTHING", id, run);
        }
    }

    /** How an analysis stands, and why it was not measured. */
    public record Standing(String outcome, @Nullable AnalysisCompleted fact) {
        /** Whether it has numbers. */
        public boolean measured() {
            return outcome.equals(word(AnalysisOutcome.MEASURED));
        }
    }

    /** Finds how an analysis stands; its row is locked until the transaction ends. */
    public Optional<Standing> find(AnalysisId id) throws SQLException {
        return session.first(
                "SELECT outcome, fact FROM analysis WHERE analysis_id = ? FOR UPDATE",
                row -> {
                    String fact = row.textOrNull("fact");
                    return new Standing(
                            row.text("outcome"),
                            fact == null
                                    ? null
                                    : Json.read(fact.getBytes(StandardCharsets.UTF_8), AnalysisCompleted.class));
                },
                id);
    }

    /** Plans an analysis anew that was refused or failed. */
    public void planAgain(AnalysisId id) throws SQLException {
        session.update(
                "UPDATE analysis SET outcome = ?, fact = NULL WHERE analysis_id = ? AND outcome IN ('refused', 'failed')",
                PLANNED,
                id);
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
                .orElse(request.inputs().get(request.inputs().size() - 1)); // of several checkpoints the last
    }

    private static String text(Object contract) {
        return new String(Json.bytes(contract), StandardCharsets.UTF_8);
    }
}
