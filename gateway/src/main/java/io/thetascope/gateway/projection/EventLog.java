package io.thetascope.gateway.projection;

import io.thetascope.contracts.event.Event;
import io.thetascope.contracts.event.EventType;
import io.thetascope.contracts.identity.StudyId;
import io.thetascope.contracts.json.Json;
import io.thetascope.gateway.database.Session;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;

/** The facts in the order in which they were applied, each once, for those who follow a study. */
public final class EventLog {
    private final Session session;

    /** Works within this transaction. */
    public EventLog(Session session) {
        this.session = session;
    }

    /**
     * A fact with its place.
     *
     * @param seq grows without gaps that are filled later
     * @param name such as RunFinished
     * @param data the fact's JSON
     */
    public record Entry(long seq, String name, String data) {}

    /** Appends a fact, unless it is there. */
    void append(Event event) throws SQLException {
        String id = EventType.idOf(event);
        if (session.number("SELECT COUNT(*) FROM event_log WHERE ce_id = ?", id) > 0) {
            return;
        }
        session.update("UPDATE counter SET last_number = last_number + 1 WHERE name = 'event-log'");
        long seq = session.number("SELECT last_number FROM counter WHERE name = 'event-log'");
        session.update(
                "INSERT INTO event_log (seq, ce_id, subject, event_name, data) VALUES (?, ?, ?, ?, ?)",
                seq,
                id,
                event.key(),
                EventType.of(event).eventName(),
                new String(Json.bytes(event), StandardCharsets.UTF_8));
    }

    /** Returns what concerns a study, its runs or its analyses after a place, in order. */
    public List<Entry> after(StudyId study, long seq, int most) throws SQLException {
        return session.list(
                "SELECT seq, event_name, data FROM event_log e WHERE seq > ? AND (subject = ?"
                        + " OR EXISTS (SELECT 1 FROM study_run r WHERE r.study_id = ? AND r.run_id = e.subject)"
                        + " OR EXISTS (SELECT 1 FROM study_analysis a WHERE a.study_id = ?"
                        + " AND a.analysis_id = e.subject)) ORDER BY seq LIMIT " + most,
                row -> new Entry(row.number("seq"), row.text("event_name"), row.text("data")),
                seq,
                study,
                study,
                study);
    }
}
