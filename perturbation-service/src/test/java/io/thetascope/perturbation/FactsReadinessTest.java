package io.thetascope.perturbation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.thetascope.artifacts.store.StoreUnavailableException;
import io.thetascope.contracts.event.StudyAccepted;
import io.thetascope.contracts.event.Topic;
import io.thetascope.contracts.identity.StudyId;
import io.thetascope.messaging.DeadLetters;
import io.thetascope.messaging.EventRecords;
import io.thetascope.messaging.FactInbox;
import io.thetascope.messaging.TransientFailures;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.junit.jupiter.api.Test;

class FactsReadinessTest {
    private final AtomicBoolean away = new AtomicBoolean(true);
    private final FactInbox inbox = new FactInbox(
            event -> {
                if (away.get()) {
                    throw new StoreUnavailableException("no answer from the store", new IllegalStateException());
                }
            },
            new DeadLetters(new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer())),
            TransientFailures.and(StoreUnavailableException.class));
    private final FactsReadiness readiness = new FactsReadiness(inbox);

    @Test
    void isDownWhileFactsWaitAndSaysForWhat() {
        // Given
        assertThat(readiness.call().getStatus()).isEqualTo(HealthCheckResponse.Status.UP);
        // When
        CompletableFuture<Void> accepted = CompletableFuture.runAsync(() -> inbox.accept(fact()));
        // Then
        await().until(() -> readiness.call().getStatus() == HealthCheckResponse.Status.DOWN);
        assertThat(readiness.call().getData().orElseThrow().get("paused"))
                .asString()
                .contains("no answer from the store");
        away.set(false);
        accepted.join();
        assertThat(readiness.call().getStatus()).isEqualTo(HealthCheckResponse.Status.UP);
    }

    private static ConsumerRecord<String, byte[]> fact() {
        ProducerRecord<String, byte[]> sent = new EventRecords("gateway", InstantSource.fixed(Instant.EPOCH))
                .toRecord(new StudyAccepted(StudyId.ofCanonical("study"), 1, "study", 1, 1));
        return new ConsumerRecord<>(
                Topic.STUDIES.topicName(),
                0,
                0,
                0L,
                TimestampType.CREATE_TIME,
                -1,
                -1,
                sent.key(),
                sent.value(),
                sent.headers(),
                Optional.empty());
    }
}
