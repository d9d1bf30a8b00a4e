package io.thetascope.messaging;

import static io.thetascope.messaging.CloudEvents.text;

import io.thetascope.contracts.event.Event;
import io.thetascope.contracts.event.EventType;
import io.thetascope.contracts.json.Json;
import java.time.InstantSource;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Turns events into Kafka records: topic and key as the event says, CloudEvents headers, JSON in UTF-8.
 */
public final class EventRecords {
    private final byte[] source;
    private final InstantSource clock;

    /**
     * Writes events of a service.
     *
     * @param service as it appears in {@code ce_source}: trainer, analyzer, perturbation, gateway
     * @param clock stamps {@code ce_time}
     */
    public EventRecords(String service, InstantSource clock) {
        this.source = text("/thetascope/" + service);
        this.clock = clock;
    }

    /** Returns the record of an event; whoever sends it adds the trace. */
    public ProducerRecord<String, byte[]> toRecord(Event event) {
        ProducerRecord<String, byte[]> message =
                new ProducerRecord<>(event.topic().topicName(), event.key(), Json.bytes(event));
        message.headers()
                .add(CloudEvents.SPEC_VERSION, text(CloudEvents.VERSION_1))
                .add(CloudEvents.ID, text(EventType.idOf(event)))
                .add(CloudEvents.TYPE, text(EventType.of(event).cloudEventType()))
                .add(CloudEvents.SOURCE, source.clone())
                .add(CloudEvents.SUBJECT, text(event.key()))
                .add(CloudEvents.TIME, text(clock.instant().toString()))
                .add(CloudEvents.CONTENT_TYPE, text(CloudEvents.JSON));
        return message;
    }
}
