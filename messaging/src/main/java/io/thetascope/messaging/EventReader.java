package io.thetascope.messaging;

import io.thetascope.contracts.event.Event;
import io.thetascope.contracts.event.EventType;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads the event that a record carries. */
public final class EventReader {
    private EventReader() {}

    /**
     * Reads an event.
     *
     * @throws UnreadableRecordException when the record is no event of its topic: no or an unknown {@code ce_type}, a type
     *     of another topic, no JSON of that type, a key that is not the event's
     */
    public static Event read(ConsumerRecord<String, byte[]> message) {
        EventType type = typeOf(message);
        if (message.value() == null) {
            throw new UnreadableRecordException(type.eventName() + " without a value", null);
        }
        Event event = parse(type, message.value());
        if (!event.topic().topicName().equals(message.topic())) {
            throw new UnreadableRecordException(
                    type.eventName() + " belongs on " + event.topic().topicName() + ", found on " + message.topic(),
                    null);
        }
        if (!event.key().equals(message.key())) {
            throw new UnreadableRecordException(
                    type.eventName() + " of " + event.key() + " under the key " + message.key(), null);
        }
        return event;
    }

    private static EventType typeOf(ConsumerRecord<String, byte[]> message) {
        String name = CloudEvents.header(message.headers(), CloudEvents.TYPE)
                .orElseThrow(() -> new UnreadableRecordException("no header " + CloudEvents.TYPE, null));
        return EventType.named(name)
                .orElseThrow(() -> new UnreadableRecordException(
                        "unknown " + CloudEvents.TYPE + " " + name + "; a newer version may read it", null));
    }

    // whatever a record's constructor thinks of the values: the bytes are at fault
    private static Event parse(EventType type, byte[] json) {
        try {
            Event event = type.read(json);
            Objects.requireNonNull(EventType.idOf(event)); // absent ids and attempts show here, not later
            return event;
        } catch (RuntimeException e) {
            throw new UnreadableRecordException("not a " + type.eventName() + ": " + e.getMessage(), e);
        }
    }
}
