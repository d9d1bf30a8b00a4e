package io.thetascope.jobqueue;

import io.thetascope.contracts.identity.Attempt;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

/**
 * A record as it was handed to this worker.
 *
 * @param message the record
 * @param count how often it was delivered, this time included
 * @param acquiredAt when it was locked at the earliest, on the worker's forward clock
 */
record Delivery(ConsumerRecord<String, byte[]> message, int count, long acquiredAt) {
    /** On a fresh copy: the offset of the record that it replaces. */
    static final String COPY_OF = "thetascope-copy-of";

    static final long NO_OFFSET = -1;

    Attempt attempt() {
        return Attempt.of(message.offset(), count);
    }

    /** Returns the offset of the record that this one replaces, or {@link #NO_OFFSET}. */
    long copyOf() {
        Header header = message.headers().lastHeader(COPY_OF);
        if (header == null) {
            return NO_OFFSET;
        }
        String text = new String(header.value(), StandardCharsets.UTF_8);
        return text.matches("\\d{1,18}") ? Long.parseLong(text) : NO_OFFSET;
    }

    /** Returns the same job as a new record, whose deliveries count from one; in the same partition, so in order. */
    ProducerRecord<String, byte[]> copy() {
        ProducerRecord<String, byte[]> copy = new ProducerRecord<>(
                message.topic(), message.partition(), message.key(), message.value(), message.headers());
        copy.headers()
                .remove(COPY_OF)
                .add(COPY_OF, Long.toString(message.offset()).getBytes(StandardCharsets.UTF_8));
        return copy;
    }
}
