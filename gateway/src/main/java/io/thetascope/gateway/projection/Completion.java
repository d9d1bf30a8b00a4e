package io.thetascope.gateway.projection;

import io.thetascope.contracts.event.StudyCompleted;
import io.thetascope.contracts.identity.StudyId;
import io.thetascope.gateway.database.Session;
import io.thetascope.gateway.outbox.Outbox;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Announces a study's end exactly when everything it planned is terminal, and takes the end back when something runs again. */
public final class Completion {
    private static final String OPEN_RUNS =
            "SELECT COUNT(*) FROM study_run s JOIN run r ON r.run_id = s.run_id WHERE s.study_id = ?"
                    + " AND r.state IN ('waiting', 'queued', 'running')";
    private static final String OPEN_ANALYSES =
            "SELECT COUNT(*) FROM study_analysis s JOIN analysis a ON a.analysis_id = s.analysis_id"
                    + " WHERE s.study_id = ? AND a.outcome = 'planned'";

    private final Session session;
    private final Outbox outbox;

    /** Works within this transaction. */
    public Completion(Session session) {
        this.session = session;
        this.outbox = new Outbox(session);
    }

    /** Looks whether a study is complete now. */
    public void check(StudyId id, Instant now) throws SQLException {
        Optional<StudyRows.Standing> study = new StudyRows(session).find(id);
        if (study.isEmpty() || study.get().state() == StudyState.CANCELLED) {
            return;
        }
        boolean open = session.number(OPEN_RUNS, id) > 0 || session.number(OPEN_ANALYSES, id) > 0;
        boolean completed = study.get().state() == StudyState.COMPLETED;
        if (!open && !completed) {
            complete(id, study.get().completions() + 1, now);
        } else if (open && completed) {
            session.update("UPDATE study SET state = 'running', completed_at = NULL WHERE study_id = ?", id);
        }
    }

    private void complete(StudyId id, long revision, Instant now) throws SQLException {
        session.update(
                "UPDATE study SET state = 'completed', completed_at = ?, completions = ? WHERE study_id = ?",
                now,
                revision,
                id);
        outbox.add(new StudyCompleted(
                id,
                revision,
                counts(
                        "SELECT r.state AS word, COUNT(*) AS n FROM study_run s JOIN run r ON r.run_id = s.run_id"
                                + " WHERE s.study_id = ? GROUP BY r.state",
                        id),
                counts(
                        "SELECT a.outcome AS word, COUNT(*) AS n FROM study_analysis s JOIN analysis a"
                                + " ON a.analysis_id = s.analysis_id WHERE s.study_id = ? GROUP BY a.outcome",
                        id)));
    }

    private Map<String, Integer> counts(String sql, StudyId id) throws SQLException {
        Map<String, Integer> counts = new TreeMap<>();
        session.list(sql, row -> counts.put(row.text("word"), row.integer("n")), id);
        return counts;
    }
}
