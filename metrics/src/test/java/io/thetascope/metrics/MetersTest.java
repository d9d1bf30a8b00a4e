package io.thetascope.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.thetascope.artifacts.store.DamagedObjectException;
import io.thetascope.artifacts.store.InMemoryObjectStore;
import io.thetascope.artifacts.store.MissingObjectException;
import io.thetascope.contracts.event.Event;
import io.thetascope.contracts.event.StudyCancelled;
import io.thetascope.contracts.event.Topic;
import io.thetascope.contracts.identity.Digest;
import io.thetascope.contracts.identity.StudyId;
import io.thetascope.jobqueue.JobEnding;
import io.thetascope.messaging.Facts;
import io.thetascope.messaging.InboxListener.Ending;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetersTest {
    private static final String QUEUE = "thetascope.train-jobs.v1";

    private final MeterRegistry meters = new SimpleMeterRegistry();

    @Test
    void storeOperationsAreTimedByHowTheyEnd(@TempDir Path folder) {
        // Given
        List<String> written = new ArrayList<>();
        MeteredObjectStore store =
                new MeteredObjectStore(new InMemoryObjectStore(() -> Instant.EPOCH), meters, written::add);
        // When
        store.put("a", new byte[] {1});
        store.find("a");
        store.find("b");
        store.stat("b");
        store.list("");
        store.delete("c");
        assertThatThrownBy(() -> store.open("b")).isInstanceOf(MissingObjectException.class);
        assertThatThrownBy(() -> store.download("a", Digest.of(new byte[] {2}), folder))
                .isInstanceOf(DamagedObjectException.class);
        // Then
        Map<String, Long> counts = meters.get("thetascope.store.operation").timers().stream()
                .collect(Collectors.toMap(
                        t -> t.getId().getTag("operation") + " " + t.getId().getTag("outcome"), t -> t.count()));
        assertThat(counts)
                .isEqualTo(Map.of(
                        "put ok", 1L,
                        "find ok", 1L,
                        "find missing", 1L,
                        "stat missing", 1L,
                        "list ok", 1L,
                        "delete ok", 1L,
                        "open missing", 1L,
                        "download damaged", 1L));
        assertThat(written).containsExactly("a");
    }

    @Test
    void anEventCountsOnceItIsAcknowledged() {
        // Given
        Queue<CompletableFuture<Void>> sent = new ArrayDeque<>();
        List<Event> acknowledged = new ArrayList<>();
        MeteredFacts facts = new MeteredFacts(
                new Facts() {
                    @Override
                    public CompletableFuture<Void> publish(Event event) {
                        CompletableFuture<Void> future = new CompletableFuture<>();
                        sent.add(future);
                        return future;
                    }

                    @Override
                    public void flush() {
                        sent.forEach(future -> future.complete(null));
                    }
                },
                meters,
                acknowledged::add);
        StudyCancelled event = new StudyCancelled(StudyId.ofCanonical("a"), 1);
        // When
        CompletableFuture<Void> refused = facts.publish(event);
        sent.remove().completeExceptionally(new IllegalStateException("no broker"));
        CompletableFuture<Void> kept = facts.publish(event);
        assertThat(meters.find("thetascope.events.published")
                        .tag("outcome", "acknowledged")
                        .counter())
                .isNull();
        facts.flush();
        // Then
        assertThat(refused).isCompletedExceptionally();
        assertThat(kept).isCompleted();
        assertThat(count("thetascope.events.published", "outcome", "failed")).isEqualTo(1);
        assertThat(count("thetascope.events.published", "outcome", "acknowledged"))
                .isEqualTo(1);
        assertThat(acknowledged).containsExactly(event);
    }

    @Test
    void factsCountByEndingAndPausesShow() {
        InboxMeters inbox = new InboxMeters(meters);
        List<String> away = new ArrayList<>();
        inbox.paused(() -> away.stream().findFirst());
        inbox.ended(Topic.RUNS.topicName(), Ending.HANDLED);
        inbox.ended(Topic.RUNS.topicName(), Ending.GIVEN_UP);
        assertThat(count("thetascope.events.consumed", "outcome", "given_up")).isEqualTo(1);
        assertThat(gauge("thetascope.consumer.paused")).isZero();
        away.add("the store");
        assertThat(gauge("thetascope.consumer.paused")).isEqualTo(1);
    }

    @Test
    void deadLettersAreThereBeforeTheFirst() {
        DeadLetterCount letters = new DeadLetterCount(meters, Topic.RUNS);
        assertThat(count("thetascope.dead.letters.sent", "topic", "thetascope.runs.v1"))
                .isZero();
        letters.accept("thetascope.runs.v1");
        assertThat(count("thetascope.dead.letters.sent", "topic", "thetascope.runs.v1"))
                .isEqualTo(1);
    }

    @Test
    void aWorkerIsBusyFromItsBeginningToItsLeaving() {
        JobMeters jobs = new JobMeters(meters, Topic.TRAIN_JOBS);
        assertThat(gauge("thetascope.worker.busy")).isZero();
        jobs.begun();
        jobs.renewed(true);
        jobs.renewed(false);
        jobs.lockLost();
        assertThat(gauge("thetascope.worker.busy")).isEqualTo(1);
        jobs.ended(new JobEnding.Released());
        jobs.left();
        jobs.deadLettered();

        assertThat(gauge("thetascope.worker.busy")).isZero();
        assertThat(count("thetascope.job.attempts", "ending", "released")).isEqualTo(1);
        assertThat(count("thetascope.job.attempts", "ending", "failed")).isZero();
        assertThat(count("thetascope.job.lock.renewals", "outcome", "confirmed"))
                .isEqualTo(1);
        assertThat(count("thetascope.job.lock.renewals", "outcome", "refused")).isEqualTo(1);
        assertThat(count("thetascope.job.locks.lost", "queue", QUEUE)).isEqualTo(1);
        assertThat(count("thetascope.dead.letters.sent", "topic", QUEUE)).isEqualTo(1);
    }

    private double count(String name, String label, String value) {
        return meters.get(name).tag(label, value).counter().count();
    }

    private double gauge(String name) {
        return meters.get(name).gauge().value();
    }
}
