package io.thetascope.gateway.reading;

import io.thetascope.contracts.identity.Digest;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.identity.Step;
import io.thetascope.contracts.identity.StudyId;
import io.thetascope.contracts.json.Json;
import io.thetascope.contracts.run.ArtifactRef;
import io.thetascope.contracts.run.Environment;
import io.thetascope.contracts.run.Initialization;
import io.thetascope.contracts.run.RunSpec;
import io.thetascope.contracts.run.StoredCheckpoint;
import io.thetascope.gateway.database.Database;
import io.thetascope.gateway.database.Row;
import io.thetascope.gateway.projection.ComputedParts;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what is known about runs. */
public final class RunReading {
    private static final String COLUMNS = "SELECT r.*, s.ordinal, s.role, s.seed FROM run r ";

    private final Database database;

    /** Reads from this database. */
    public RunReading(Database database) {
        this.database = database;
    }

    private record Placed(int ordinal, RunView view) {}

    /** Lists runs of a study in its order. */
    public Items<RunView> ofStudy(StudyId study, RunFilter filter, int after, int size) {
        StringBuilder sql = new StringBuilder(COLUMNS)
                .append("JOIN study_run s ON s.run_id = r.run_id WHERE s.study_id = ? AND s.ordinal > ?");
        List<Object> values = new ArrayList<>(List.of(study, after));
        for (String column : filter.columns()) {
            sql.append(" AND ").append(column).append(" = ?");
            values.add(filter.value(column));
        }
        sql.append(" ORDER BY s.ordinal LIMIT ").append(size + 1);
        List<Placed> rows = database.call(session ->
                session.list(sql.toString(), row -> new Placed(row.integer("ordinal"), view(row)), values.toArray()));
        Items<Placed> page = Items.page(rows, size, row -> Integer.toString(row.ordinal()));
        return new Items<>(page.items().stream().map(Placed::view).toList(), page.next());
    }

    /** Reads a run. */
    public Optional<RunView> find(RunId run) {
        return database.call(session -> session.first(
                COLUMNS + "LEFT JOIN study_run s ON s.run_id = r.run_id WHERE r.run_id = ?"
                        + " ORDER BY s.study_id LIMIT 1",
                RunReading::view,
                run));
    }

    /** Reads a run's spec, where it is known. */
    public Optional<RunSpec> spec(RunId run) {
        return database.call(session -> session.first(
                "SELECT spec FROM run WHERE run_id = ? AND spec IS NOT NULL", row -> spec(row.text("spec")), run));
    }

    /** Lists a run's epochs, the starting point first. */
    public List<EpochView> epochs(RunId run) {
        return database.call(session -> session.list(
                "SELECT * FROM run_epoch WHERE run_id = ? ORDER BY epoch",
                row -> new EpochView(
                        row.integer("epoch"),
                        row.number("step"),
                        figures(row, "train"),
                        figures(row, "test"),
                        figures(row, "validation"),
                        row.realOrNull("images_per_second")),
                run));
    }

    /** Lists a run's checkpoints by step. */
    public List<StoredCheckpoint> checkpoints(RunId run) {
        return database.call(session -> session.list(
                "SELECT * FROM run_checkpoint WHERE run_id = ? ORDER BY step", RunReading::checkpoint, run));
    }

    /** Finds a run's checkpoint at a step. */
    public Optional<StoredCheckpoint> checkpoint(RunId run, Step step) {
        return database.call(session -> session.first(
                "SELECT * FROM run_checkpoint WHERE run_id = ? AND step = ?",
                RunReading::checkpoint,
                run,
                step.value()));
    }

    private static StoredCheckpoint checkpoint(Row row) throws SQLException {
        ArtifactRef artifact =
                new ArtifactRef(row.text("object_key"), new Digest(row.text("sha256")), row.number("bytes"));
        String evidence = row.textOrNull("evidence_key");
        return new StoredCheckpoint(
                new Step(row.number("step")),
                row.integer("epoch"),
                artifact,
                evidence == null
                        ? null
                        : new ArtifactRef(
                                evidence, new Digest(row.text("evidence_sha256")), row.number("evidence_bytes")));
    }

    private static RunView view(Row row) throws SQLException {
        String written = row.textOrNull("spec");
        RunSpec spec = written == null ? null : spec(written);
        Initialization start = spec == null || spec.origin() != null ? null : spec.initialization();
        return new RunView(
                new RunId(row.text("run_id")),
                spec == null ? null : (Integer) spec.generation(),
                row.textOrNull("role"),
                row.textOrNull("parent_run_id"),
                spec == null || spec.origin() == null ? null : spec.origin().perturbation(),
                spec == null || spec.origin() == null ? null : spec.origin().twin(),
                row.textOrNull("network"),
                row.textOrNull("dataset"),
                row.textOrNull("initialization"),
                start == null ? null : start.donor(),
                start == null ? null : start.weights(),
                row.textOrNull("optimizer"),
                row.textOrNull("role") == null ? null : (Long) row.number("seed"),
                row.text("state"),
                row.textOrNull("reason"),
                row.number("step"),
                row.integer("epoch"),
                row.integer("epochs"),
                figures(row, "train"),
                figures(row, "test"),
                row.textOrNull("attempt"),
                earlierEnvironments(row).isEmpty() ? null : (Boolean) true,
                row.instantOrNull("started_at"),
                row.instantOrNull("ended_at"));
    }

    private static RunView.@Nullable LastFigures figures(Row row, String set) throws SQLException {
        Double accuracy = row.realOrNull(set + "_accuracy");
        return accuracy == null ? null : new RunView.LastFigures(row.realOrNull(set + "_loss"), accuracy);
    }

    /** Returns where earlier parts of a run were computed that round otherwise. */
    static List<Environment> earlierEnvironments(Row row) throws SQLException {
        String parts = row.textOrNull("computed_parts");
        return parts == null ? List.of() : ComputedParts.read(parts).earlier();
    }

    private static RunSpec spec(String json) {
        return Json.read(json.getBytes(StandardCharsets.UTF_8), RunSpec.class);
    }
}
