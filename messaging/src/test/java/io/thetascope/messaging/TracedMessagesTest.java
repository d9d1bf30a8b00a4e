package io.thetascope.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.thetascope.contracts.event.Event;
import io.thetascope.messaging.trace.TraceParent;
import io.thetascope.messaging.trace.Tracing;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TracedMessagesTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String CALLER = "00-" + TRACE + "-00f067aa0ba902b7-01";

    @RegisterExtension
    static final OpenTelemetryExtension TRACES = OpenTelemetryExtension.create();

    private final MockProducer<String, byte[]> producer =
            new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer());
    private final EventPublisher publisher = new EventPublisher(producer, Messages.RECORDS);

    @Test
    void whatIsPublishedFromAHandlerIsAGrandchildOfTheFactItActedOn() {
        // When
        inbox(event -> publish(Messages.accepted("answer"))).accept(fact(CALLER));
        // Then
        SpanData process = span("process thetascope.studies.v1");
        SpanData send = span("send thetascope.studies.v1");
        assertThat(process.getTraceId()).isEqualTo(TRACE);
        assertThat(process.getParentSpanId()).isEqualTo("00f067aa0ba902b7");
        assertThat(process.getKind()).isEqualTo(SpanKind.CONSUMER);
        assertThat(send.getParentSpanId()).isEqualTo(process.getSpanId());
        assertThat(send.getKind()).isEqualTo(SpanKind.PRODUCER);
        assertThat(header(sent())).isEqualTo("00-" + TRACE + "-" + send.getSpanId() + "-01");
    }

    @Test
    void identityAndPayloadAreThoseOfAnEventOutsideAnyTrace() {
        // Given
        Event event = Messages.accepted("same");
        ProducerRecord<String, byte[]> untraced = Messages.RECORDS.toRecord(event);
        // When
        TraceParent.context(CALLER).wrap(() -> publish(event)).run();
        // Then
        assertThat(sent().value()).isEqualTo(untraced.value());
        assertThat(sent().headers().toArray()).startsWith(untraced.headers().toArray());
        assertThat(sent().headers().toArray()).hasSize(untraced.headers().toArray().length + 1);
    }

    @Test
    void aMalformedTraceParentIsIgnoredAndItsFactHandled() {
        for (String malformed : List.of("", "00", "00-" + TRACE + "-0000000000000000-01", CALLER + "x", "ü\0")) {
            TRACES.clearSpans();
            producer.clear();
            inbox(this::publish).accept(fact(malformed));
            assertThat(span("process thetascope.studies.v1").getParentSpanId())
                    .as(malformed)
                    .isEqualTo("0000000000000000");
            assertThat(producer.history()).hasSize(1);
        }
    }

    @Test
    void aTraceParentWithoutBytesIsIgnored() {
        ProducerRecord<String, byte[]> message = Messages.RECORDS.toRecord(Messages.accepted("a"));
        message.headers().add(CloudEvents.TRACE_PARENT, null);
        inbox(this::publish).accept(Messages.received(message, 0));
        assertThat(producer.history()).hasSize(1);
    }

    @Test
    void theNextFactStandsInItsOwnTrace() {
        FactInbox inbox = inbox(event -> {});
        inbox.accept(fact(CALLER));
        assertThat(TraceParent.current()).isEmpty();
        inbox.accept(Messages.received(Messages.RECORDS.toRecord(Messages.accepted("b")), 1));
        assertThat(TRACES.getSpans()).extracting(SpanData::getTraceId).doesNotHaveDuplicates();
    }

    @Test
    void aFactThatIsGivenUpSaysSoInItsSpanAndKeepsItsTraceInTheDeadLetter() {
        inbox(event -> {
                    throw new IllegalStateException("no such run");
                })
                .accept(fact(CALLER));
        assertThat(span("process thetascope.studies.v1").getStatus())
                .isEqualTo(StatusData.create(StatusCode.ERROR, "java.lang.IllegalStateException: no such run"));
        assertThat(sent().topic()).isEqualTo("thetascope.studies.v1.dlq");
        assertThat(header(sent())).isEqualTo(CALLER);
    }

    @Test
    void aRecordThatCouldNotBeSentSaysSoInItsSpan() {
        producer.sendException = new RecordTooLargeException("too large");
        assertThat(publisher.publish(Messages.accepted("a"))).isCompletedExceptionally();
        assertThat(span("send thetascope.studies.v1").getStatus().getDescription())
                .contains("RecordTooLargeException");
    }

    @Test
    void withoutATracerTheCallersTraceParentGoesOnUnchanged() {
        Tracing.switchOff(true);
        try {
            inbox(event -> publish(Messages.accepted("answer"))).accept(fact(CALLER));
            assertThat(header(sent())).isEqualTo(CALLER);
        } finally {
            Tracing.switchOff(false);
        }
    }

    @Test
    void outsideATraceAndWithoutATracerThereIsNoHeader() {
        Tracing.switchOff(true);
        try {
            publisher.publish(Messages.accepted("a")).join();
            assertThat(CloudEvents.header(sent().headers(), CloudEvents.TRACE_PARENT))
                    .isEmpty();
        } finally {
            Tracing.switchOff(false);
        }
    }

    private void publish(Event event) {
        publisher.publish(event).join();
    }

    private FactInbox inbox(FactHandler handler) {
        return new FactInbox(handler, new DeadLetters(producer), TransientFailures.and());
    }

    private static ConsumerRecord<String, byte[]> fact(String traceParent) {
        ProducerRecord<String, byte[]> message = Messages.RECORDS.toRecord(Messages.accepted("a"));
        message.headers().add(CloudEvents.TRACE_PARENT, traceParent.getBytes(UTF_8));
        return Messages.received(message, 0);
    }

    private ProducerRecord<String, byte[]> sent() {
        assertThat(producer.history()).hasSize(1);
        return producer.history().get(0);
    }

    private static String header(ProducerRecord<String, byte[]> message) {
        return CloudEvents.header(message.headers(), CloudEvents.TRACE_PARENT).orElseThrow();
    }

    private static SpanData span(String name) {
        List<SpanData> found = TRACES.getSpans().stream()
                .filter(span -> span.getName().equals(name))
                .toList();
        assertThat(found).as(name).hasSize(1);
        return found.get(0);
    }
}
