package io.thetascope.gateway.acceptance;

import io.thetascope.contracts.event.RunFinished;
import io.thetascope.contracts.event.TrainJob;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.identity.StudyId;
import io.thetascope.contracts.json.Json;
import io.thetascope.contracts.run.RunOutcome;
import io.thetascope.contracts.run.RunSpec;
import io.thetascope.gateway.database.Session;
import io.thetascope.gateway.outbox.Outbox;
import io.thetascope.gateway.projection.FactProjection;
import io.thetascope.gateway.projection.RunRows;
import io.thetascope.gateway.projection.RunStanding;
import io.thetascope.gateway.projection.RunState;
import io.thetascope.gateway.projection.StudyRows;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;

/**
 * Queues the runs of generation 0 of studies, so many at a time that a large study does not starve a small one, and none
 * before its donor finished.
 */
public final class Queueing implements FactProjection.RunEnded {
    private final int mostQueued;
    private final StudyFiles files;
    private final InstantSource clock;

    /**
     * Keeps base runs queued.
     *
     * @param mostQueued base runs and donors of one study that wait in the queue at once
     * @param files say how donors stand
     */
    public Queueing(int mostQueued, StudyFiles files, InstantSource clock) {
        if (mostQueued < 1) {
            throw new IllegalArgumentException("mostQueued must be >= 1: " + mostQueued);
        }
        this.mostQueued = mostQueued;
        this.files = files;
        this.clock = clock;
    }

    @Override
    public void in(Session session, RunFinished fact) throws SQLException {
        List<StudyId> running = session.list(
                "SELECT s.study_id FROM study s JOIN study_run r ON r.study_id = s.study_id WHERE r.run_id = ?"
                        + " AND s.state = 'running' ORDER BY s.study_id",
                row -> new StudyId(row.text("study_id")),
                fact.runId());
        if (fact.outcome() == RunOutcome.CANCELLED && !running.isEmpty()) {
            wantedAgain(session, fact.runId());
        }
        for (StudyId study : new StudyRows(session).wanting(fact.runId())) {
            topUp(session, study); // completed ones too: a donor may finish after its recipients were skipped
        }
    }

    /** A run was cancelled while its study was reopened: it gets another job. */
    private void wantedAgain(Session session, RunId run) throws SQLException {
        RunRows runs = new RunRows(session);
        RunStanding standing =
                runs.change(run, s -> s.reopened(clock.instant())).now();
        if (standing.startWrittenAt() != null) {
            queue(session, run);
        }
    }

    /** Queues waiting runs of generation 0 of a study, as many as there is room for; see {@link Donors}. */
    public void topUp(Session session, StudyId study) throws SQLException {
        new Donors(session, files, clock.instant()).settle(study);
        long queued = session.number(
                "SELECT COUNT(*) FROM study_run s JOIN run r ON r.run_id = s.run_id WHERE s.study_id = ?"
                        + " AND r.generation = 0 AND r.state = 'queued'",
                study);
        long room = mostQueued - queued;
        if (room <= 0) {
            return;
        }
        List<RunId> next = session.list(
                "SELECT r.run_id FROM study_run s JOIN run r ON r.run_id = s.run_id WHERE s.study_id = ?"
                        + " AND r.generation = 0 AND r.state = 'waiting' AND " + Donors.READY
                        + " ORDER BY s.ordinal LIMIT " + room,
                row -> new RunId(row.text("run_id")),
                study);
        for (RunId run : next) {
            queue(session, run);
        }
    }

    /** Sends another job for a run that has one; false when it ended meanwhile. */
    boolean resend(Session session, RunId run) throws SQLException {
        RunState state = new RunRows(session).change(run, s -> s).now().state();
        boolean open = state == RunState.QUEUED || state == RunState.RUNNING;
        if (open) {
            send(session, run);
        }
        return open;
    }

    private static void queue(Session session, RunId run) throws SQLException {
        if (new RunRows(session).change(run, RunStanding::queued).any()) {
            send(session, run);
        }
    }

    private static void send(Session session, RunId run) throws SQLException {
        String spec = session.first("SELECT spec FROM run WHERE run_id = ?", row -> row.text("spec"), run)
                .orElseThrow();
        new Outbox(session).add(new TrainJob(run, Json.read(spec.getBytes(StandardCharsets.UTF_8), RunSpec.class)));
    }
}
