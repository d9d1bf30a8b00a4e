package io.thetascope.gateway.outbox;

import io.thetascope.contracts.event.Event;
import io.thetascope.contracts.event.EventType;
import io.thetascope.contracts.json.Json;
import io.thetascope.gateway.database.Session;
import io.thetascope.messaging.trace.TraceParent;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Events that are stored in the transaction of what they announce; a crash before they are published loses nothing. */
public final class Outbox {
    private final Session session;

    /** Works within this transaction. */
    public Outbox(Session session) {
        this.session = session;
    }

    /** An event that waits to be published, and the trace that it belongs to. */
    record Waiting(long id, Event event, @Nullable String traceParent) {}

    /** Stores an event and the trace that is current; those stored first are published first. */
    public void add(Event event) throws SQLException {
        session.update(
                "INSERT INTO outbox (event_type, payload, trace_parent) VALUES (?, ?, ?)",
                EventType.of(event).cloudEventType(),
                new String(Json.bytes(event), StandardCharsets.UTF_8),
                TraceParent.current().orElse(null));
    }

    /** Returns the oldest events; other dispatchers wait until the transaction ends. */
    List<Waiting> oldest(int most) throws SQLException {
        session.update("UPDATE counter SET last_number = last_number + 1 WHERE name = 'outbox'");
        return session.list(
                "SELECT id, event_type, payload, trace_parent FROM outbox ORDER BY id LIMIT " + most,
                row -> new Waiting(
                        row.number("id"),
                        read(row.text("event_type"), row.text("payload")),
                        row.textOrNull("trace_parent")));
    }

    void remove(long id) throws SQLException {
        session.update("DELETE FROM outbox WHERE id = ?", id);
    }

    private static Event read(String type, String payload) {
        return EventType.named(type)
                .orElseThrow(() -> new IllegalStateException("the outbox holds an unknown event: " + type))
                .read(payload.getBytes(StandardCharsets.UTF_8));
    }
}
