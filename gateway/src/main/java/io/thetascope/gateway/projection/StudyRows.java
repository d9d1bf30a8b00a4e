package io.thetascope.gateway.projection;

import io.thetascope.contracts.analysis.AnalysisRequest;
import io.thetascope.contracts.identity.AnalysisId;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.identity.StudyId;
import io.thetascope.contracts.json.Json;
import io.thetascope.contracts.study.AcceptedStudy;
import io.thetascope.contracts.study.PlannedRun;
import io.thetascope.gateway.database.Session;
import io.thetascope.messaging.trace.TraceParent;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The rows of studies and of what they want. */
public final class StudyRows {
    private final Session session;

    /** Works within this transaction. */
    public StudyRows(Session session) {
        this.session = session;
    }

    /** A study's standing. */
    public record Standing(StudyState state, long revision, long completions) {}

    /** Finds a study; its row is locked until the transaction ends. */
    public Optional<Standing> find(StudyId id) throws SQLException {
        return session.first(
                "SELECT state, revision, completions FROM study WHERE study_id = ? FOR UPDATE",
                row -> new Standing(
                        StudyState.of(row.text("state")), row.number("revision"), row.number("completions")),
                id);
    }

    /** Writes a study of the current trace with its runs and analyses, waiting unless they are known already. */
    public void insert(AcceptedStudy study, String name, long revision, Instant acceptedAt) throws SQLException {
        session.update(
                "INSERT INTO study (study_id, name, revision, state, spec, accepted_at, completions,"
                        + " progress_at_acceptance, trace_parent) VALUES (?, ?, ?, 'running', ?, ?, 0, 0, ?)",
                study.studyId(),
                name,
                revision,
                new String(Json.bytes(study.spec()), StandardCharsets.UTF_8),
                acceptedAt,
                TraceParent.current().orElse(null));
        RunRows runs = new RunRows(session);
        int ordinal = 0;
        for (PlannedRun run : study.runs()) {
            runs.plan(run.runId(), run.spec());
            session.update(
                    "INSERT INTO study_run (study_id, run_id, ordinal, role, seed) VALUES (?, ?, ?, ?, ?)",
                    study.studyId(),
                    run.runId(),
                    ordinal++,
                    Json.tree(run.role()).asText(),
                    run.seed());
        }
        analyses(study);
    }

    private void analyses(AcceptedStudy study) throws SQLException {
        AnalysisRows analyses = new AnalysisRows(session);
        int ordinal = 0;
        for (AnalysisRequest request : study.analyses()) {
            AnalysisId id = request.id();
            analyses.plan(id, request);
            session.update(
                    "INSERT INTO study_analysis (study_id, analysis_id, ordinal) VALUES (?, ?, ?)",
                    study.studyId(),
                    id,
                    ordinal++);
        }
    }

    /** Opens a study that was cancelled. */
    public void reopen(StudyId id, long revision, Instant now) throws SQLException {
        session.update(
                "UPDATE study SET state = 'running', revision = ?, accepted_at = ?, completed_at = NULL,"
                        + " trace_parent = ? WHERE study_id = ?",
                revision,
                now,
                TraceParent.current().orElse(null),
                id);
    }

    /** Gives what ended, but not for good, another chance: whoever asks for a study wants all of it. */
    public void wantAgain(StudyId id, Instant now) throws SQLException {
        RunRows runs = new RunRows(session);
        for (RunId run : runsOf(id)) {
            runs.change(run, standing -> standing.reopened(now));
        }
        session.update(
                "UPDATE analysis SET outcome = 'planned', fact = NULL WHERE outcome IN ('refused', 'failed')"
                        + " AND analysis_id IN (SELECT analysis_id FROM study_analysis WHERE study_id = ?)",
                id);
    }

    /** The same when a past acceptance is read again: what ended since then had its chance. */
    void wantedAgainAt(StudyId id, Instant when) throws SQLException {
        RunRows runs = new RunRows(session);
        for (RunId run : runsOf(id)) {
            runs.change(run, standing -> standing.endedAfter(when) ? standing : standing.reopened(when));
        }
    }

    /** Marks a study cancelled, and the waiting runs that nobody else wants. */
    public void cancel(StudyId id, Instant now) throws SQLException {
        session.update("UPDATE study SET state = 'cancelled' WHERE study_id = ?", id);
        RunRows runs = new RunRows(session);
        for (RunId run : unwantedOf(id)) {
            runs.change(run, standing -> standing.abandoned(now));
        }
    }

    /** Returns a study's runs in its order. */
    public List<RunId> runsOf(StudyId id) throws SQLException {
        return session.list(
                "SELECT run_id FROM study_run WHERE study_id = ? ORDER BY ordinal",
                row -> new RunId(row.text("run_id")),
                id);
    }

    /** Returns those runs of a study that no running study wants. */
    public List<RunId> unwantedOf(StudyId id) throws SQLException {
        return session.list(
                "SELECT run_id FROM study_run mine WHERE study_id = ? AND NOT EXISTS (SELECT 1 FROM study_run other"
                        + " JOIN study s ON s.study_id = other.study_id WHERE other.run_id = mine.run_id"
                        + " AND s.state = 'running') ORDER BY ordinal",
                row -> new RunId(row.text("run_id")),
                id);
    }

    /** Returns the studies that are not cancelled and want a run. */
    public List<StudyId> wanting(RunId run) throws SQLException {
        return session.list(
                "SELECT s.study_id FROM study s JOIN study_run r ON r.study_id = s.study_id WHERE r.run_id = ?"
                        + " AND s.state <> 'cancelled' ORDER BY s.study_id",
                row -> new StudyId(row.text("study_id")),
                run);
    }

    /** Returns the studies that are not cancelled and want an analysis. */
    public List<StudyId> wanting(AnalysisId analysis) throws SQLException {
        return session.list(
                "SELECT s.study_id FROM study s JOIN study_analysis a ON a.study_id = s.study_id"
                        + " WHERE a.analysis_id = ? AND s.state <> 'cancelled' ORDER BY s.study_id",
                row -> new StudyId(row.text("study_id")),
                analysis);
    }
}
