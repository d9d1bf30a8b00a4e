package io.thetascope.gateway.settings;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.Identifier;
import io.thetascope.artifacts.store.StoreUnavailableException;
import io.thetascope.contracts.event.Topic;
import io.thetascope.gateway.projection.FactPosition;
import io.thetascope.gateway.projection.FactProjection;
import io.thetascope.messaging.DeadLetters;
import io.thetascope.messaging.EventPublisher;
import io.thetascope.messaging.FactInbox;
import io.thetascope.messaging.TransientFailures;
import io.thetascope.metrics.DeadLetterCount;
import io.thetascope.metrics.InboxMeters;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jspecify.annotations.Nullable;

/**
 * Takes the facts, one after another; and run-control, which nobody else who writes dead letters reads, for its unreadable
 * records alone.
 */
@Singleton
final class FactConsumer {
    static final String CHANNEL = "facts";

    // repetitions are told by the event log, which outlives this process
    private static final FactInbox.Settings INBOX = new FactInbox.Settings(
            0, FactInbox.Unreadable.TO_DEAD_LETTERS, Duration.ofMillis(100), Duration.ofSeconds(10));

    private static final Duration CLOSING = Duration.ofSeconds(5);

    private static final Topic[] FACTS = Arrays.stream(Topic.values())
            .filter(topic -> topic.kind() == Topic.Kind.FACT)
            .toArray(Topic[]::new);

    private final PassedRecords passed;

    private final Producer<String, byte[]> deadLetters;
    private final FactInbox inbox;
    private @Nullable FactPosition current; // of the record in the inbox; null once it is applied

    @Inject
    FactConsumer(
            FactProjection projection,
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            MeterRegistry meters) {
        InboxMeters listener = new InboxMeters(meters);
        this.passed = new PassedRecords(projection::pass, INBOX.firstWait(), INBOX.longestWait());
        this.deadLetters = EventPublisher.producer(kafka, Wiring.SERVICE + "-dead-letters");
        this.inbox = new FactInbox(
                event -> {
                    FactPosition position = current;
                    if (position != null && event.topic().kind() == Topic.Kind.FACT) {
                        projection.apply(event, position);
                        current = null;
                    }
                },
                new DeadLetters(deadLetters, new DeadLetterCount(meters, FACTS)),
                TransientFailures.and(StoreUnavailableException.class),
                INBOX,
                listener);
        listener.paused(this::paused);
    }

    @Incoming(CHANNEL)
    @Blocking
    void consume(ConsumerRecord<String, byte[]> message) {
        FactPosition position = new FactPosition(
                message.topic(), message.partition(), message.offset(), Instant.ofEpochMilli(message.timestamp()));
        current = position;
        if (message.value() != null || !message.topic().equals(Topic.RUN_CONTROL.topicName())) {
            inbox.accept(message); // a run-control key without a value is one that compaction removes
        }
        if (current != null) { // no fact, or given up or unreadable and so a dead letter
            passed.pass(position);
        }
    }

    /** Returns what the facts wait for; empty when all is well. */
    Optional<String> paused() {
        return inbox.paused().or(passed::paused);
    }

    void stop(@Observes ShutdownEvent event) {
        inbox.close();
        passed.close();
        deadLetters.close(CLOSING);
    }
}
