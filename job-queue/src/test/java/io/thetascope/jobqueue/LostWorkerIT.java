package io.thetascope.jobqueue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.thetascope.artifacts.ArtifactKeys;
import io.thetascope.artifacts.FailedAttempt;
import io.thetascope.artifacts.JsonObjects;
import io.thetascope.artifacts.store.ObjectStore;
import io.thetascope.contracts.identity.Attempt;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Each test has a queue of its own and mostly waits for locks to end. */
@Execution(ExecutionMode.CONCURRENT)
class LostWorkerIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private final ObjectStore store = WorkerProcess.store();

    @Test
    void anotherWorkerHasTheJobOfAKilledProcessWithinTheLock() throws Exception {
        TestQueue queue = TestQueue.create();
        queue.send(queue.topic());
        ScriptedHandler handler = new ScriptedHandler((job, lease) -> new JobEnding.Done());
        try (WorkerProcess child = WorkerProcess.start(queue, folder)) {
            await().atMost(PATIENCE).until(() -> child.diary().contains("begun " + queue.topic()));
            child.kill();

            try (JobQueue<String> worker = queue.worker("survivor", handler, store)) {
                await().atMost(TestQueue.LOCK.plusSeconds(10)).until(() -> handler.done.size() == 1);
                assertThat(worker.isAlive()).isTrue();
            }
        }
        assertThat(handler.attempts).containsExactly(Attempt.of(0, 2));
        String vanished = ArtifactKeys.attempt("jobs/" + queue.topic(), Attempt.of(0, 1));
        assertThat(new JsonObjects(store).read(vanished, FailedAttempt.class))
                .map(FailedAttempt::error)
                .hasValueSatisfying(error -> assertThat(error).startsWith("worker child vanished; last seen "));
    }

    @Test
    void aProcessThatWasPausedBeyondItsLockStopsItsJob() throws Exception {
        TestQueue queue = TestQueue.create();
        queue.send(queue.topic());
        ScriptedHandler handler = new ScriptedHandler((job, lease) -> new JobEnding.Done());
        try (WorkerProcess child = WorkerProcess.start(queue, folder)) {
            await().atMost(PATIENCE).until(() -> child.diary().contains("begun " + queue.topic()));
            child.signal("STOP");
            try (JobQueue<String> worker = queue.worker("survivor", handler, store)) {
                await().atMost(PATIENCE).until(() -> handler.done.size() == 1);
                assertThat(worker.isAlive()).isTrue();
            }
            child.signal("CONT");

            await().atMost(Duration.ofSeconds(10)).until(() -> child.diary().contains("ended LOST"));
        }
        assertThat(handler.attempts).containsExactly(Attempt.of(0, 2));
    }
}
