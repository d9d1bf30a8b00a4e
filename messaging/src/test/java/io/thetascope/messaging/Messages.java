package io.thetascope.messaging;

import io.thetascope.contracts.event.StudyAccepted;
import io.thetascope.contracts.event.Topic;
import io.thetascope.contracts.identity.StudyId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.record.TimestampType;

/** Examples that tests share. */
final class Messages {
    static final InstantSource NOON = InstantSource.fixed(Instant.parse("2026-11-23T12:00:00Z"));
    static final EventRecords RECORDS = new EventRecords("gateway", NOON);

    private Messages() {}

    static StudyAccepted accepted(String text) {
        return accepted(text, 1);
    }

    static StudyAccepted accepted(String text, long revision) {
        return new StudyAccepted(StudyId.ofCanonical(text), revision, text, 20, 214);
    }

    static ProducerRecord<String, byte[]> garbage(Topic topic) {
        return new ProducerRecord<>(topic.topicName(), "who", CloudEvents.text("not an event"));
    }

    /** Returns a record as a consumer would get it. */
    static ConsumerRecord<String, byte[]> received(ProducerRecord<String, byte[]> sent, long offset) {
        return new ConsumerRecord<>(
                sent.topic(),
                0,
                offset,
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
