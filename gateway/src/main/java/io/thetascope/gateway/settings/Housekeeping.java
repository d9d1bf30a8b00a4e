package io.thetascope.gateway.settings;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.thetascope.contracts.identity.StudyId;
import io.thetascope.gateway.acceptance.LostJobs;
import io.thetascope.gateway.acceptance.MarkRepair;
import io.thetascope.gateway.acceptance.Queueing;
import io.thetascope.gateway.acceptance.StudyTraces;
import io.thetascope.gateway.database.Database;
import io.thetascope.gateway.outbox.OutboxDispatcher;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What goes on by itself: publishing the outbox, and mending what a crash or a lost fact or job left undone. */
@Singleton
final class Housekeeping {
    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
    private static final long OUTBOX_MILLIS = 200;
    private static final long QUEUE_MILLIS = 30_000;
    private static final long LOST_JOBS_MILLIS = 60_000;

    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "housekeeping"));
    private final OutboxDispatcher outbox;
    private final Database database;
    private final Queueing queueing;
    private final MarkRepair marks;
    private final LostJobs lostJobs;
    private final StudyTraces traces;
    private boolean failing;

    @Inject
    Housekeeping(OutboxDispatcher outbox, Database database, Queueing queueing, MarkRepair marks, LostJobs lostJobs) {
        this.outbox = outbox;
        this.database = database;
        this.queueing = queueing;
        this.marks = marks;
        this.lostJobs = lostJobs;
        this.traces = new StudyTraces(database);
    }

    void start(@Observes StartupEvent event) {
        every(OUTBOX_MILLIS, outbox::dispatch);
        thread.execute(() -> attempt(marks::repair)); // the last process may have stopped half-way
        every(QUEUE_MILLIS, this::fillQueue);
        every(QUEUE_MILLIS, marks::repair);
        every(LOST_JOBS_MILLIS, lostJobs::resend);
    }

    void stop(@Observes ShutdownEvent event) {
        thread.shutdown();
    }

    private void fillQueue() {
        List<StudyId> running = database.call(session -> session.list(
                "SELECT study_id FROM study WHERE state = 'running' ORDER BY ordinal",
                row -> new StudyId(row.text("study_id"))));
        for (StudyId study : running) {
            traces.of(study)
                    .wrap(() -> database.run(session -> queueing.topUp(session, study)))
                    .run();
        }
    }

    private void every(long millis, Runnable task) {
        var unused = thread.scheduleWithFixedDelay(() -> attempt(task), millis, millis, TimeUnit.MILLISECONDS);
    }

    private void attempt(Runnable task) {
        try {
            task.run();
            failing = false;
        } catch (RuntimeException e) { // tried again at the next turn; said once, not at every turn
            if (!failing) {
                LOG.warn("housekeeping failed, goes on cause={}", e.toString());
            }
            failing = true;
        }
    }
}
