package io.thetascope.gateway.reading;

import io.thetascope.contracts.identity.StudyId;
import io.thetascope.contracts.json.Json;
import io.thetascope.contracts.run.RunSpec;
import io.thetascope.gateway.database.Database;
import io.thetascope.gateway.database.Row;
import io.thetascope.gateway.database.Session;
import io.thetascope.gateway.planning.MeasuredRates;
import io.thetascope.gateway.projection.RunState;
import io.thetascope.gateway.projection.StudyState;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Reads what is known about studies. */
public final class StudyReading {
    private static final String COLUMNS = "SELECT ordinal, study_id, name, state, revision, accepted_at, completed_at,"
            + " progress_at_acceptance FROM study ";

    private final Database database;
    private final InstantSource clock;

    /** Reads from this database; the clock is for what is left to do. */
    public StudyReading(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    private record StudyRow(
            long ordinal,
            StudyId id,
            String name,
            StudyState state,
            long revision,
            Instant acceptedAt,
            @Nullable Instant completedAt,
            double shareAtStart) {
        static StudyRow read(Row row) throws SQLException {
            return new StudyRow(
                    row.number("ordinal"),
                    new StudyId(row.text("study_id")),
                    row.text("name"),
                    StudyState.of(row.text("state")),
                    row.number("revision"),
                    row.instant("accepted_at"),
                    row.instantOrNull("completed_at"),
                    row.real("progress_at_acceptance"));
        }
    }

    /** Reads a study. */
    public Optional<StudyView> find(StudyId id) {
        return database.call(session -> {
            Optional<StudyRow> row = session.first(COLUMNS + "WHERE study_id = ?", StudyRow::read, id);
            return row.isEmpty() ? Optional.empty() : Optional.of(view(session, row.get()));
        });
    }

    /**
     * Lists studies, the newest first.
     *
     * @param before the {@code next} of the page before; the largest number for the first
     */
    public Items<StudyView> list(long before, int size) {
        return database.call(session -> {
            List<StudyRow> rows = session.list(
                    COLUMNS + "WHERE ordinal < ? ORDER BY ordinal DESC LIMIT " + (size + 1), StudyRow::read, before);
            Items<StudyRow> page = Items.page(rows, size, row -> Long.toString(row.ordinal()));
            List<StudyView> views = new ArrayList<>();
            for (StudyRow row : page.items()) {
                views.add(view(session, row));
            }
            return new Items<>(views, page.next());
        });
    }

    /**
     * Returns how fast networks were trained here. The first epoch of a run counts only where there is no other, since it
     * pays for the start.
     */
    public MeasuredRates measuredRates() {
        return MeasuredRates.of(database.call(session -> session.list(
                "SELECT r.spec, m.epochs_measured, m.image_seconds FROM run r JOIN (SELECT e.run_id, COUNT(*) AS"
                        + " epochs_measured, SUM(1.0 / e.images_per_second) AS image_seconds FROM run_epoch e JOIN run t"
                        + " ON t.run_id = e.run_id WHERE e.images_per_second > 0 AND (e.epoch > 1 OR t.epochs = 1)"
                        + " GROUP BY e.run_id) m ON m.run_id = r.run_id WHERE r.spec IS NOT NULL",
                row -> new MeasuredRates.Epochs(
                        Json.read(row.text("spec").getBytes(StandardCharsets.UTF_8), RunSpec.class),
                        row.number("epochs_measured"),
                        row.real("image_seconds")))));
    }

    private StudyView view(Session session, StudyRow row) throws SQLException {
        Progress progress = Progress.of(session, row.id());
        OptionalLong eta = switch (row.state()) {
            case COMPLETED -> OptionalLong.of(0);
            case CANCELLED -> OptionalLong.empty();
            case RUNNING ->
                progress.etaSeconds(row.shareAtStart(), Duration.between(row.acceptedAt(), clock.instant()));
        };
        return new StudyView(
                row.id(),
                row.name(),
                row.state(),
                row.revision(),
                runs(session, row.id()),
                analyses(session, row.id()),
                row.state() == StudyState.COMPLETED ? 1 : progress.share(),
                eta.isPresent() ? (Long) eta.getAsLong() : null,
                row.acceptedAt(),
                row.completedAt());
    }

    private static Map<String, Long> runs(Session session, StudyId id) throws SQLException {
        Map<String, Long> counts = new LinkedHashMap<>();
        counts.put("planned", 0L);
        for (RunState state : RunState.values()) {
            counts.put(state.word(), 0L);
        }
        return counted(
                session,
                "SELECT r.state AS word, COUNT(*) AS n FROM study_run s JOIN run r ON r.run_id = s.run_id"
                        + " WHERE s.study_id = ? GROUP BY r.state",
                id,
                counts);
    }

    private static Map<String, Long> analyses(Session session, StudyId id) throws SQLException {
        Map<String, Long> counts = new LinkedHashMap<>();
        for (String word : List.of("planned", "measured", "refused", "failed")) {
            counts.put(word, 0L);
        }
        return counted(
                session,
                "SELECT a.outcome AS word, COUNT(*) AS n FROM study_analysis s JOIN analysis a"
                        + " ON a.analysis_id = s.analysis_id WHERE s.study_id = ? GROUP BY a.outcome",
                id,
                counts);
    }

    /** "planned" is how many there are, whatever became of them. */
    private static Map<String, Long> counted(Session session, String sql, StudyId id, Map<String, Long> counts)
            throws SQLException {
        long[] total = new long[1];
        session.list(
                sql,
                row -> {
                    total[0] += row.number("n");
                    return counts.put(row.text("word"), row.number("n"));
                },
                id);
        counts.put("planned", total[0]);
        return counts;
    }
}
