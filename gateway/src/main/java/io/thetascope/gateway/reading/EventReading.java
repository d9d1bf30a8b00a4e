package io.thetascope.gateway.reading;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thetascope.contracts.analysis.AnalysisOutcome;
import io.thetascope.contracts.analysis.AnalysisRequest;
import io.thetascope.contracts.event.AnalysisCompleted;
import io.thetascope.contracts.event.EventType;
import io.thetascope.contracts.identity.StudyId;
import io.thetascope.contracts.json.Json;
import io.thetascope.gateway.damage.Damage;
import io.thetascope.gateway.database.Database;
import io.thetascope.gateway.projection.EventLog;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads what happened in a study. An analysis that reads a checkpoint which is known to be damaged by now has its place, but
 * not its numbers: its outcome is withheld.
 */
public final class EventReading {
    private final Database database;
    private final DamageReading damage;

    /** Reads from this database. */
    public EventReading(Database database, DamageReading damage) {
        this.database = database;
        this.damage = damage;
    }

    /** Returns what happened in a study after a place in the log, in order. */
    public List<EventLog.Entry> of(StudyId study, long after, int most) {
        List<EventLog.Entry> entries = database.call(session -> new EventLog(session).after(study, after, most));
        Map<Long, AnalysisRequest> measured = new HashMap<>();
        for (EventLog.Entry entry : entries) {
            measured(entry).ifPresent(request -> measured.put(entry.seq(), request));
        }
        Damage damaged = damage.of(measured.values().stream()
                .flatMap(request -> request.runs().stream())
                .distinct()
                .toList());
        List<EventLog.Entry> told = new ArrayList<>();
        for (EventLog.Entry entry : entries) {
            told.add(told(entry, measured.get(entry.seq()), damaged));
        }
        return told;
    }

    private static Optional<AnalysisRequest> measured(EventLog.Entry entry) {
        if (!entry.name().equals(EventType.ANALYSIS_COMPLETED.eventName())) {
            return Optional.empty();
        }
        AnalysisCompleted fact = Json.read(bytes(entry), AnalysisCompleted.class);
        return fact.outcome() == AnalysisOutcome.MEASURED ? Optional.of(fact.request()) : Optional.empty();
    }

    private static EventLog.Entry told(EventLog.Entry entry, @Nullable AnalysisRequest request, Damage damaged) {
        Optional<String> reason = request == null ? Optional.empty() : damaged.withholds(request);
        return reason.map(why -> new EventLog.Entry(entry.seq(), entry.name(), withheld(entry, why)))
                .orElse(entry);
    }

    private static String withheld(EventLog.Entry entry, String reason) {
        ObjectNode fact = Json.read(bytes(entry), ObjectNode.class);
        fact.remove(List.of("result", "artifact"));
        fact.put("outcome", Damage.WITHHELD).put("reason", reason);
        return fact.toString();
    }

    private static byte[] bytes(EventLog.Entry entry) {
        return entry.data().getBytes(StandardCharsets.UTF_8);
    }
}
