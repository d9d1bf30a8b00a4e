package io.thetascope.messaging;

import io.opentelemetry.api.trace.Span;
import io.thetascope.contracts.event.Event;
import io.thetascope.messaging.trace.MessageSpans;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Sends facts and commands to their topics: idempotent, acknowledged by all replicas. Threads may share it. */
public final class EventPublisher implements Facts, AutoCloseable {
    private static final Duration CLOSING = Duration.ofSeconds(10);

    private final Producer<String, byte[]> producer;
    private final EventRecords records;

    /** Publishes through this producer and closes it with itself. */
    public EventPublisher(Producer<String, byte[]> producer, EventRecords records) {
        this.producer = producer;
        this.records = records;
    }

    /**
     * Connects a service. Caller closes the result.
     *
     * @param connection {@code bootstrap.servers} and whatever else reaching the cluster takes
     * @param service as it appears in {@code ce_source}
     * @param clock stamps {@code ce_time}
     */
    public static EventPublisher connect(Map<String, ?> connection, String service, InstantSource clock) {
        return new EventPublisher(producer(connection, service), new EventRecords(service, clock));
    }

    /**
     * Opens a producer as all of Thetascope uses it, also for dead letters. Caller closes the result.
     *
     * @param connection {@code bootstrap.servers} and whatever else reaching the cluster takes
     * @param clientId as the broker's logs and metrics show it
     */
    public static Producer<String, byte[]> producer(Map<String, ?> connection, String clientId) {
        Map<String, Object> settings = new HashMap<>(connection);
        settings.keySet().retainAll(ProducerConfig.configNames());
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, clientId);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        // a broker that is away is noticed within half a minute instead of two
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 30_000);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 30_000);
        return new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    }

    /** Publishes within the trace that is current; the record carries it on. */
    @Override
    public CompletableFuture<Void> publish(Event event) {
        ProducerRecord<String, byte[]> message = records.toRecord(event);
        Span span = MessageSpans.send(message);
        CompletableFuture<Void> sent = send(message);
        var unused = sent.whenComplete((done, failure) -> {
            if (failure != null) {
                MessageSpans.failed(span, failure);
            }
            span.end();
        });
        return sent;
    }

    /** Sends a record that {@link EventRecords} made, as it is. */
    public CompletableFuture<Void> send(ProducerRecord<String, byte[]> message) {
        CompletableFuture<Void> sent = new CompletableFuture<>();
        try {
            Future<?> unused = producer.send(message, (metadata, failure) -> {
                if (failure == null) {
                    sent.complete(null);
                } else {
                    sent.completeExceptionally(failure);
                }
            });
        } catch (KafkaException e) { // some failures are thrown, others reported: callers see one way
            sent.completeExceptionally(e);
        }
        return sent;
    }

    @Override
    public void flush() {
        producer.flush();
    }

    @Override
    public void close() {
        producer.close(CLOSING);
    }
}
