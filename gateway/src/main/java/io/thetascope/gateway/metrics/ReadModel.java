package io.thetascope.gateway.metrics;

import io.thetascope.gateway.database.Database;
import io.thetascope.gateway.database.Session;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How the read model stands at one moment.
 *
 * @param runs how many by the word of their state, of all studies; a state without any is left out
 * @param studies likewise
 * @param analyses how many by outcome, {@code planned} for those that have none yet
 * @param oldestQueuedRun how long the run has waited that has been in the queue for longest; zero when none waits
 * @param outbox events that wait to be published
 * @param oldestInOutbox how long the oldest of them has waited; zero when none waits
 */
record ReadModel(
        Map<String, Long> runs,
        Map<String, Long> studies,
        Map<String, Long> analyses,
        Duration oldestQueuedRun,
        long outbox,
        Duration oldestInOutbox) {
    ReadModel {
        runs = Map.copyOf(runs);
        studies = Map.copyOf(studies);
        analyses = Map.copyOf(analyses);
    }

    static ReadModel of(Database database, Instant now) {
        return database.call(session -> new ReadModel(
                counts(session, "SELECT state AS word, COUNT(*) AS number FROM run GROUP BY state"),
                counts(session, "SELECT state AS word, COUNT(*) AS number FROM study GROUP BY state"),
                counts(session, "SELECT outcome AS word, COUNT(*) AS number FROM analysis GROUP BY outcome"),
                age(session, "SELECT MIN(queued_at) AS since FROM run WHERE state = 'queued'", now),
                session.number("SELECT COUNT(*) FROM outbox"),
                age(session, "SELECT MIN(created_at) AS since FROM outbox", now)));
    }

    private static Map<String, Long> counts(Session session, String sql) throws SQLException {
        Map<String, Long> counts = new HashMap<>();
        session.list(sql, row -> counts.put(row.text("word"), row.number("number")));
        return counts;
    }

    private static Duration age(Session session, String sql, Instant now) throws SQLException {
        @Nullable
        Instant since = session.first(sql, row -> Optional.ofNullable(row.instantOrNull("since")))
                .flatMap(found -> found)
                .orElse(null);
        if (since == null || since.isAfter(now)) { // the database's clock may be a little ahead
            return Duration.ZERO;
        }
        return Duration.between(since, now);
    }
}
