package io.thetascope.jobqueue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.thetascope.artifacts.ArtifactKeys;
import io.thetascope.artifacts.store.InMemoryObjectStore;
import io.thetascope.artifacts.store.ObjectStore;
import io.thetascope.contracts.identity.Attempt;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Each test has a queue of its own and mostly waits for locks to end. */
@Execution(ExecutionMode.CONCURRENT)
class JobQueueIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ObjectStore store = new InMemoryObjectStore(InstantSource.system());
    private TestQueue queue;

    @BeforeEach
    void createQueue() throws Exception {
        queue = TestQueue.create();
    }

    @Test
    void worksOnEveryJobOnceThatWasSentBeforeTheWorkerCame() throws Exception {
        queue.send("a", "b", "c", "d");
        ScriptedHandler handler = new ScriptedHandler((job, lease) -> new JobEnding.Done());

        try (JobQueue<String> worker = queue.worker("w1", handler, store)) {
            await().atMost(PATIENCE).until(() -> handler.done.size() == 4);
            assertThat(worker.trouble()).isEmpty();
        }

        assertThat(handler.begun).containsExactlyInAnyOrder("a", "b", "c", "d");
        assertThat(store.list("jobs/")).isEmpty(); // no owner stays
        assertThat(queue.deadLetters()).isEmpty();
    }

    @Test
    void aJobLongerThanItsLockKeepsItAndIsNotGivenToAnybodyElse() throws Exception {
        queue.send("long");
        ScriptedHandler first = new ScriptedHandler(
                (job, lease) -> lease.await(TestQueue.LOCK.multipliedBy(2).plusSeconds(4))
                        ? new JobEnding.Done()
                        : new JobEnding.Released());
        ScriptedHandler second = new ScriptedHandler((job, lease) -> new JobEnding.Done());

        try (JobQueue<String> one = queue.worker("w1", first, store)) {
            await().atMost(PATIENCE).until(() -> first.begun.size() == 1);
            byte[] claimed = store.get(ArtifactKeys.owner("jobs/long"));
            try (JobQueue<String> two = queue.worker("w2", second, store)) {
                await().atMost(PATIENCE).until(() -> first.done.size() == 1);
                assertThat(one.isAlive() && two.isAlive()).isTrue();
            }
            assertThat(claimed).isNotEmpty();
        }

        assertThat(first.attempts).containsExactly(Attempt.of(0, 1));
        assertThat(second.begun).isEmpty();
    }

    @Test
    void stoppingReleasesTheJobAtOnceAndIsNoFailure() throws Exception {
        queue.send("job");
        ScriptedHandler stopped = new ScriptedHandler((job, lease) -> {
            lease.await(PATIENCE);
            return new JobEnding.Released();
        });
        JobQueue<String> one = queue.worker("w1", stopped, store);
        await().atMost(PATIENCE).until(() -> stopped.begun.size() == 1);
        one.close();

        ScriptedHandler next = new ScriptedHandler((job, lease) -> new JobEnding.Done());
        try (JobQueue<String> two = queue.worker("w2", next, store)) {
            await().atMost(Duration.ofSeconds(10)).until(() -> next.done.size() == 1); // within the lock
            assertThat(two.isAlive()).isTrue();
        }
        assertThat(next.attempts).containsExactly(Attempt.of(0, 2));
        assertThat(store.list("jobs/")).isEmpty();
    }

    @Test
    void leavesOnceNoJobCameForSoLongAndNeverWithAJobInHand() throws Exception {
        Duration idle = Duration.ofSeconds(5);
        AtomicLong clock = new AtomicLong();
        queue.send("longer than that");
        ScriptedHandler handler = new ScriptedHandler((job, lease) -> {
            clock.addAndGet(idle.toNanos() + 1);
            return new JobEnding.Done();
        });
        List<List<String>> doneWhenLeft = new CopyOnWriteArrayList<>();

        try (JobQueue<String> worker = queue.unstarted("w1", handler, store, clock::get)) {
            worker.leaveWhenIdle(idle, () -> doneWhenLeft.add(List.copyOf(handler.done)));
            worker.start();
            await().atMost(PATIENCE).until(() -> handler.done.size() == 1);
            queue.send("next");
            await().atMost(PATIENCE).until(() -> handler.done.size() == 2);
            assertThat(doneWhenLeft).isEmpty();

            await().atMost(PATIENCE).until(() -> {
                clock.addAndGet(idle.toNanos());
                return !doneWhenLeft.isEmpty();
            });
            await().atMost(PATIENCE).until(() -> !worker.isAlive());
        }

        assertThat(doneWhenLeft).containsExactly(List.of("longer than that", "next"));
        assertThat(store.list("jobs/")).isEmpty();
    }

    @Test
    void aJobThatAlwaysFailsIsDeadLetteredAfterFiveFailures() throws Exception {
        queue.send("bad", "good");
        ScriptedHandler handler = new ScriptedHandler((job, lease) -> {
            if (job.equals("bad")) {
                throw new IllegalStateException("no such layer");
            }
            return new JobEnding.Done();
        });

        try (JobQueue<String> worker = queue.worker("w1", handler, store)) {
            await().atMost(PATIENCE).until(() -> !handler.givenUp.isEmpty() && handler.done.contains("good"));
            assertThat(worker.isAlive()).isTrue();
        }

        assertThat(handler.begun.stream().filter("bad"::equals)).hasSize(5);
        assertThat(handler.attempts).doesNotHaveDuplicates();
        assertThat(handler.givenUp).containsExactly("bad after 5: java.lang.IllegalStateException: no such layer");
        assertThat(queue.deadLetters()).singleElement().satisfies(letter -> {
            assertThat(letter.key()).isEqualTo("key");
            assertThat(letter.value()).asString(StandardCharsets.UTF_8).isEqualTo("bad");
            assertThat(header(letter, "thetascope-reason")).isEqualTo("failed 5 times without progress");
            assertThat(header(letter, "thetascope-attempts")).isEqualTo("5");
            assertThat(header(letter, "thetascope-error")).contains("no such layer");
        });
        // four deliveries of the first record, then its copy
        assertThat(queue.everSent()).hasSize(3);
    }

    @Test
    void whatIsSentAgainAfterGivingUpHasFiveAttemptsAgain() throws Exception {
        queue.send("bad");
        ScriptedHandler handler = new ScriptedHandler((job, lease) -> new JobEnding.Failed("again"));

        try (JobQueue<String> worker = queue.worker("w1", handler, store)) {
            await().atMost(PATIENCE).until(() -> handler.givenUp.size() == 1);
            queue.send("bad");
            await().atMost(PATIENCE).until(() -> handler.givenUp.size() == 2);
            assertThat(worker.isAlive()).isTrue();
        }

        assertThat(handler.begun).hasSize(10);
        assertThat(queue.deadLetters()).hasSize(2);
    }

    @Test
    void aJobThatGetsFurtherIsNeverGivenUp() throws Exception {
        queue.send("slow");
        ScriptedHandler[] self = new ScriptedHandler[1];
        ScriptedHandler handler = new ScriptedHandler((job, lease) -> {
            long step = self[0].progress.incrementAndGet();
            return step < 12 ? new JobEnding.Failed("at step " + step) : new JobEnding.Done();
        });
        self[0] = handler;

        try (JobQueue<String> worker = queue.worker("w1", handler, store)) {
            await().atMost(PATIENCE).until(() -> handler.done.size() == 1);
            assertThat(worker.isAlive()).isTrue();
        }

        assertThat(handler.begun).hasSize(12);
        assertThat(queue.deadLetters()).isEmpty();
    }

    @Test
    void aSecondRecordOfAJobThatIsWorkedOnIsAcknowledged() throws Exception {
        queue.send("twice");
        ScriptedHandler first = new ScriptedHandler((job, lease) -> {
            boolean undisturbed = lease.await(Duration.ofSeconds(8));
            return undisturbed ? new JobEnding.Done() : new JobEnding.Released();
        });
        ScriptedHandler second = new ScriptedHandler((job, lease) -> new JobEnding.Done());
        try (JobQueue<String> one = queue.worker("w1", first, store)) {
            await().atMost(PATIENCE).until(() -> first.begun.size() == 1);
            queue.send("twice", "other");
            try (JobQueue<String> two = queue.worker("w2", second, store)) {
                await().atMost(PATIENCE).until(() -> second.done.contains("other"));
                await().atMost(PATIENCE).until(() -> first.done.size() == 1);
                assertThat(one.isAlive() && two.isAlive()).isTrue();
            }
        }
        // the duplicate was taken by the idle worker and has left the queue
        ScriptedHandler third = new ScriptedHandler((job, lease) -> new JobEnding.Done());
        try (JobQueue<String> three = queue.worker("w3", third, store)) {
            queue.send("last");
            await().atMost(PATIENCE).until(() -> third.done.contains("last"));
            assertThat(three.isAlive()).isTrue();
        }
        assertThat(second.begun).containsExactly("other");
        assertThat(third.begun).containsExactly("last");
    }

    @Test
    void anUnreadableRecordIsDeadLetteredOnceAndTheNextJobIsWorkedOn() throws Exception {
        queue.send("unreadable", "readable");
        ScriptedHandler handler = new ScriptedHandler((job, lease) -> new JobEnding.Done());

        try (JobQueue<String> worker = queue.worker("w1", handler, store)) {
            await().atMost(PATIENCE).until(() -> handler.done.contains("readable"));
            await().atMost(PATIENCE).until(() -> queue.deadLetters().size() == 1);
            assertThat(worker.isAlive()).isTrue();
        }

        assertThat(queue.deadLetters()).hasSize(1);
        assertThat(header(queue.deadLetters().get(0), "thetascope-reason")).isEqualTo("unreadable");
        assertThat(handler.begun).isEqualTo(List.of("readable"));
    }

    private static String header(ConsumerRecord<String, byte[]> letter, String name) {
        return new String(letter.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
