package io.thetascope.gateway.projection;

import io.thetascope.contracts.event.RunStarted;
import io.thetascope.contracts.identity.Attempt;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.identity.Step;
import io.thetascope.contracts.json.Json;
import io.thetascope.contracts.run.Environment;
import io.thetascope.contracts.run.RunResult;
import io.thetascope.contracts.run.RunSpec;
import io.thetascope.gateway.database.Row;
import io.thetascope.gateway.database.Session;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The rows of runs. A run may be heard of before the study that planned it; then its spec is filled in later. */
public final class RunRows {
    private final Session session;

    /** Works within this transaction. */
    public RunRows(Session session) {
        this.session = session;
    }

    /** Makes sure that a planned run has a row with its spec. */
    public void plan(RunId runId, RunSpec spec) throws SQLException {
        ensure(runId);
        session.update(
                "UPDATE run SET spec = ?, generation = ?, parent_run_id = ?, donor_run_id = ?, network = ?,"
                        + " dataset = ?, initialization = ?, optimizer = ?, epochs = ? WHERE run_id = ? AND spec IS NULL",
                new String(Json.bytes(spec), StandardCharsets.UTF_8),
                spec.generation(),
                spec.origin() == null ? null : spec.origin().parent(),
                spec.origin() == null ? spec.initialization().donor() : null,
                spec.network(),
                spec.dataset().name(),
                spec.initialization().kind(),
                spec.optimizer().kind(),
                spec.epochs(),
                runId);
    }

    /**
     * Changes where a run stands; the row is locked until the transaction ends.
     *
     * @return where it stands now
     */
    public Change change(RunId runId, UnaryOperator<RunStanding> transition) throws SQLException {
        ensure(runId);
        RunStanding before = session.first(
                        "SELECT state, attempt, ended_at, start_written_at, reopened_at FROM run WHERE run_id = ?"
                                + " FOR UPDATE",
                        RunRows::standing,
                        runId)
                .orElseThrow();
        RunStanding now = transition.apply(before);
        if (!now.equals(before)) {
            session.update(
                    "UPDATE run SET state = ?, attempt = ?, ended_at = ?, start_written_at = ?, reopened_at = ?"
                            + " WHERE run_id = ?",
                    now.state(),
                    now.attempt(),
                    now.endedAt(),
                    now.startWrittenAt(),
                    now.reopenedAt(),
                    runId);
        }
        if (now.state() == RunState.QUEUED && before.state() != RunState.QUEUED) {
            session.update("UPDATE run SET queued_at = CURRENT_TIMESTAMP WHERE run_id = ?", runId);
        }
        return new Change(before, now);
    }

    /** What a transition made of a run. */
    public record Change(RunStanding before, RunStanding now) {
        /** Whether anything is different. */
        public boolean any() {
            return !before.equals(now);
        }
    }

    /** Notes where the latest attempt is computed, and where what it goes on from was. */
    public void started(RunStarted started) throws SQLException {
        ComputedParts before = session.first(
                        "SELECT environment, computed_parts FROM run WHERE run_id = ?", RunRows::parts, started.runId())
                .orElse(ComputedParts.NONE);
        ComputedParts now = before.goingOn(started.fromStep(), started.environment());
        computed(started.runId(), started.worker(), started.environment(), now, started.startedAt());
    }

    /** Notes where a run that ended for good was computed. */
    public void computed(RunResult result, Instant startedAt) throws SQLException {
        computed(result.runId(), "", result.environment(), ComputedParts.of(result), startedAt);
    }

    private void computed(RunId run, String worker, Environment latest, ComputedParts parts, Instant startedAt)
            throws SQLException {
        session.update(
                "UPDATE run SET worker = ?, environment = ?, computed_parts = ?, started_at = ?, reason = NULL"
                        + " WHERE run_id = ?",
                worker,
                new String(Json.bytes(latest), StandardCharsets.UTF_8),
                parts.json(),
                startedAt,
                run);
    }

    /** Of a run that started before its parts were kept, the latest attempt is known. */
    private static ComputedParts parts(Row row) throws SQLException {
        String parts = row.textOrNull("computed_parts");
        String environment = row.textOrNull("environment");
        if (parts != null) {
            return ComputedParts.read(parts);
        }
        return environment == null
                ? ComputedParts.NONE
                : ComputedParts.NONE.goingOn(
                        Step.START, Json.read(environment.getBytes(StandardCharsets.UTF_8), Environment.class));
    }

    /** Notes why a run ended as it did. */
    public void reason(RunId runId, @Nullable String reason) throws SQLException {
        session.update("UPDATE run SET reason = ? WHERE run_id = ?", reason, runId);
    }

    /** Makes the row of a run of which nothing was heard: facts may come before the study that explains them. */
    void ensure(RunId runId) throws SQLException {
        session.update(
                "INSERT INTO run (run_id, epochs, state, step, epoch, control_revision) VALUES (?, 0, ?, 0, 0, 0)"
                        + " ON CONFLICT DO NOTHING",
                runId,
                RunState.WAITING);
    }

    private static RunStanding standing(Row row) throws SQLException {
        String attempt = row.textOrNull("attempt");
        return new RunStanding(
                RunState.of(row.text("state")),
                attempt == null ? null : new Attempt(attempt),
                row.instantOrNull("ended_at"),
                row.instantOrNull("start_written_at"),
                row.instantOrNull("reopened_at"));
    }
}
