package io.thetascope.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.thetascope.contracts.event.Event;
import io.thetascope.contracts.event.StudyAccepted;
import io.thetascope.contracts.event.Topic;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class FactInboxTest {
    private static final FactInbox.Settings QUICK =
            new FactInbox.Settings(2, FactInbox.Unreadable.TO_DEAD_LETTERS, Duration.ofMillis(1), Duration.ofMillis(4));

    private final MockProducer<String, byte[]> producer =
            new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer());
    private final List<String> handled = new ArrayList<>();
    private final List<String> endings = new ArrayList<>();
    private final List<String> contexts = new ArrayList<>();
    private final List<String> buried = new ArrayList<>();
    private final Queue<Exception> failures = new ArrayDeque<>();
    private final FactInbox inbox = inbox(QUICK);

    @Test
    void repetitionIsHandledOnce() {
        accept("a", "a", "b", "a");
        assertThat(handled).containsExactly("a", "b");
    }

    @Test
    void forgetsTheOldestIdsFirst() {
        accept("a", "b", "c", "a");
        assertThat(handled).containsExactly("a", "b", "c", "a");
    }

    @Test
    void anotherRevisionIsNoRepetition() {
        inbox.accept(Messages.received(Messages.RECORDS.toRecord(Messages.accepted("a", 1)), 0));
        inbox.accept(Messages.received(Messages.RECORDS.toRecord(Messages.accepted("a", 2)), 1));
        assertThat(handled).containsExactly("a", "a");
    }

    @Test
    void handlesRepetitionsWhereTheyDoNoHarm() {
        FactInbox forgetful = inbox(new FactInbox.Settings(
                0, FactInbox.Unreadable.TO_DEAD_LETTERS, Duration.ofMillis(1), Duration.ofMillis(1)));
        forgetful.accept(fact("a"));
        forgetful.accept(fact("a"));
        assertThat(handled).containsExactly("a", "a");
    }

    @Test
    void sameFactComesAgainUntilWhatIsAwayIsBack() {
        // Given
        failures.add(new TransientException("store away", new IllegalStateException()));
        failures.add(new IllegalStateException("wrapped", new TimeoutException("broker away")));
        // When
        accept("a", "b");
        // Then
        assertThat(handled).containsExactly("a", "a", "a", "b");
        assertThat(producer.history()).isEmpty();
        assertThat(inbox.paused()).isEmpty();
    }

    @Test
    void factThatFailsForGoodIsADeadLetterWithTheReason() {
        // Given
        failures.add(new IllegalStateException("a bug"));
        // When
        accept("a", "b");
        // Then
        assertThat(handled).containsExactly("a", "b");
        ProducerRecord<String, byte[]> letter = onlyLetter();
        ConsumerRecord<String, byte[]> original = fact("a");
        assertThat(letter.topic()).isEqualTo(original.topic() + ".dlq");
        assertThat(letter.key()).isEqualTo(original.key());
        assertThat(letter.value()).isEqualTo(original.value());
        assertThat(CloudEvents.header(letter.headers(), CloudEvents.ID))
                .isEqualTo(CloudEvents.header(original.headers(), CloudEvents.ID));
        assertThat(CloudEvents.header(letter.headers(), DeadLetters.REASON)).contains("handling failed");
        assertThat(CloudEvents.header(letter.headers(), DeadLetters.ATTEMPTS)).contains("1");
        assertThat(CloudEvents.header(letter.headers(), DeadLetters.ERROR))
                .contains("java.lang.IllegalStateException: a bug");
    }

    @Test
    void unreadableRecordIsADeadLetterOnce() {
        // When
        inbox.accept(Messages.received(Messages.garbage(Topic.STUDIES), 0));
        accept("a");
        // Then
        assertThat(handled).containsExactly("a");
        assertThat(CloudEvents.header(onlyLetter().headers(), DeadLetters.REASON))
                .contains("unreadable: no header ce_type");
    }

    @Test
    void unreadableRecordIsPassedOverWhereAnotherGroupReportsIt() {
        inbox(QUICK.with(FactInbox.Unreadable.LEFT_TO_ANOTHER_GROUP))
                .accept(Messages.received(Messages.garbage(Topic.STUDIES), 0));
        assertThat(producer.history()).isEmpty();
    }

    @Test
    void letterThatCannotBeSentHoldsTheRecordUntilItCan() {
        // Given
        producer.sendException = new TimeoutException("broker away");
        CompletableFuture<Void> accepted =
                CompletableFuture.runAsync(() -> inbox.accept(Messages.received(Messages.garbage(Topic.STUDIES), 0)));
        await().until(() -> inbox.paused().isPresent());
        assertThat(accepted).isNotDone();
        // When
        producer.sendException = null;
        // Then
        accepted.join();
        assertThat(producer.history()).hasSize(1);
    }

    @Test
    void everyRecordHasOneEndingAndEveryLetterIsTold() {
        // Given
        failures.add(new TransientException("store away", new IllegalStateException()));
        failures.add(new IllegalStateException("a bug"));
        // When
        accept("a", "b", "b");
        inbox.accept(Messages.received(Messages.garbage(Topic.RUNS), 0));
        // Then
        assertThat(endings)
                .containsExactly(
                        "thetascope.studies.v1 GIVEN_UP",
                        "thetascope.studies.v1 HANDLED",
                        "thetascope.studies.v1 REPEATED",
                        "thetascope.runs.v1 UNREADABLE");
        assertThat(buried).containsExactly("thetascope.studies.v1", "thetascope.runs.v1");
    }

    @Test
    void whatIsLoggedWhileAFactIsHandledSaysWhoseItIs() {
        accept("a");
        assertThat(contexts).containsExactly(Messages.accepted("a").studyId().value());
        assertThat(MDC.get(LogContext.STUDY)).isNull();
    }

    @Test
    void closingEndsTheWaitAndLeavesTheRecordUnhandled() {
        // Given
        FactInbox patient = inbox(new FactInbox.Settings(
                2, FactInbox.Unreadable.TO_DEAD_LETTERS, Duration.ofHours(1), Duration.ofHours(1)));
        failures.add(new TransientException("store away", new IllegalStateException()));
        CompletableFuture<Void> accepted = CompletableFuture.runAsync(() -> patient.accept(fact("a")));
        await().until(() -> patient.paused().isPresent());
        // When
        patient.close();
        // Then
        assertThatThrownBy(accepted::join).hasRootCauseInstanceOf(IllegalStateException.class);
        assertThat(accepted).isCompletedExceptionally();
        assertThat(handled).containsExactly("a");
    }

    @Test
    void waitsDoubleUpToTheLongest() {
        GrowingWaits waits = new GrowingWaits(Duration.ofMillis(100), Duration.ofSeconds(10));
        assertThat(List.of(waits.after(1), waits.after(2), waits.after(7), waits.after(8), waits.after(1000)))
                .containsExactly(
                        Duration.ofMillis(100),
                        Duration.ofMillis(200),
                        Duration.ofMillis(6400),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(10));
    }

    private FactInbox inbox(FactInbox.Settings settings) {
        return new FactInbox(
                this::handle,
                new DeadLetters(producer, buried::add),
                TransientFailures.and(),
                settings,
                (topic, ending) -> endings.add(topic + " " + ending));
    }

    private void handle(Event event) throws Exception {
        handled.add(((StudyAccepted) event).name());
        contexts.add(MDC.get(LogContext.STUDY));
        Exception failure = failures.poll();
        if (failure != null) {
            throw failure;
        }
    }

    private void accept(String... names) {
        for (String name : names) {
            inbox.accept(fact(name));
        }
    }

    private static ConsumerRecord<String, byte[]> fact(String name) {
        return Messages.received(Messages.RECORDS.toRecord(Messages.accepted(name)), 0);
    }

    private ProducerRecord<String, byte[]> onlyLetter() {
        assertThat(producer.history()).hasSize(1);
        return producer.history().get(0);
    }
}
