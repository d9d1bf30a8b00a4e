package io.thetascope.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thetascope.contracts.event.Event;
import io.thetascope.contracts.event.EventType;
import io.thetascope.contracts.event.Topic;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EventReaderTest {
    private static final Event EVENT = Messages.accepted("one");

    @Test
    void readsWhatWasWritten() {
        assertThat(EventReader.read(Messages.received(Messages.RECORDS.toRecord(EVENT), 0)))
                .isEqualTo(EVENT);
    }

    @Test
    void headersAreThoseOfCloudEvents() {
        // When
        ProducerRecord<String, byte[]> message = Messages.RECORDS.toRecord(EVENT);
        // Then
        assertThat(message.headers())
                .extracting(header -> header.key() + "=" + new String(header.value(), UTF_8))
                .containsExactly(
                        "ce_specversion=1.0",
                        "ce_id=" + EventType.idOf(EVENT),
                        "ce_type=io.thetascope.StudyAccepted.v1",
                        "ce_source=/thetascope/gateway",
                        "ce_subject=" + EVENT.key(),
                        "ce_time=2026-11-23T12:00:00Z",
                        "content-type=application/json");
    }

    @Test
    void refusesRecordWithoutType() {
        refused(Messages.garbage(Topic.STUDIES), "no header ce_type");
    }

    @Test
    void refusesTypeThatIsNotKnownYet() {
        ProducerRecord<String, byte[]> message = Messages.garbage(Topic.STUDIES);
        message.headers().add(CloudEvents.TYPE, CloudEvents.text("io.thetascope.StudyAccepted.v2"));
        refused(message, "unknown ce_type io.thetascope.StudyAccepted.v2");
    }

    @Test
    void refusesBytesThatAreNoJson() {
        refused(withValue(Topic.STUDIES, EVENT.key(), "{"), "not a StudyAccepted");
    }

    @Test
    void refusesEventWithoutItsId() {
        refused(
                withValue(Topic.STUDIES, EVENT.key(), "{\"revision\":1,\"runs\":1,\"analyses\":1}"),
                "not a StudyAccepted");
    }

    @Test
    void refusesEventOnTheTopicOfAnother() {
        String json = new String(Messages.RECORDS.toRecord(EVENT).value(), UTF_8);
        refused(withValue(Topic.RUNS, EVENT.key(), json), "belongs on thetascope.studies.v1");
    }

    @Test
    void refusesEventUnderTheKeyOfAnother() {
        String json = new String(Messages.RECORDS.toRecord(EVENT).value(), UTF_8);
        refused(withValue(Topic.STUDIES, "s1", json), "under the key s1");
    }

    @Test
    void refusesRecordWithoutValue() {
        refused(withValue(Topic.STUDIES, EVENT.key(), null), "without a value");
    }

    private static ProducerRecord<String, byte[]> withValue(Topic topic, String key, @Nullable String json) {
        ProducerRecord<String, byte[]> message =
                new ProducerRecord<>(topic.topicName(), key, json == null ? null : CloudEvents.text(json));
        message.headers().add(CloudEvents.TYPE, CloudEvents.text(EventType.STUDY_ACCEPTED.cloudEventType()));
        return message;
    }

    private static void refused(ProducerRecord<String, byte[]> message, String reason) {
        assertThatThrownBy(() -> EventReader.read(Messages.received(message, 0)))
                .isInstanceOf(UnreadableRecordException.class)
                .hasMessageContaining(reason);
    }
}
