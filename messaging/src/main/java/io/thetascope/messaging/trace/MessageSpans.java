package io.thetascope.messaging.trace;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.thetascope.messaging.CloudEvents;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;

/**
 * The spans of records, named and attributed as OpenTelemetry's semantic conventions for Kafka have it. They hang together
 * as parent and child through the record's {@code traceparent}. Whoever starts a span ends it.
 */
public final class MessageSpans {
    private static final AttributeKey<String> SYSTEM = AttributeKey.stringKey("messaging.system");
    private static final AttributeKey<String> OPERATION = AttributeKey.stringKey("messaging.operation.name");
    private static final AttributeKey<String> OPERATION_TYPE = AttributeKey.stringKey("messaging.operation.type");
    private static final AttributeKey<String> TOPIC = AttributeKey.stringKey("messaging.destination.name");
    private static final AttributeKey<String> PARTITION = AttributeKey.stringKey("messaging.destination.partition.id");
    private static final AttributeKey<String> KEY = AttributeKey.stringKey("messaging.kafka.message.key");
    private static final AttributeKey<Long> OFFSET = AttributeKey.longKey("messaging.kafka.offset");
    private static final AttributeKey<String> EVENT_ID = AttributeKey.stringKey("cloudevents.event_id");
    private static final AttributeKey<String> EVENT_TYPE = AttributeKey.stringKey("cloudevents.event_type");

    private MessageSpans() {}

    /** Starts the span of a record that is about to be sent, within the current context, and writes it into the record. */
    public static Span send(ProducerRecord<String, byte[]> message) {
        Span span = started("send", SpanKind.PRODUCER, message.topic(), message.key(), message.headers())
                .startSpan();
        TraceParent.write(Context.current().with(span), message.headers());
        return span;
    }

    /** Starts the span of working on a record that was received: a child of the one that sent it. */
    public static Span process(ConsumerRecord<String, byte[]> message) {
        return started("process", SpanKind.CONSUMER, message.topic(), message.key(), message.headers())
                .setParent(TraceParent.context(message.headers()))
                .setAttribute(PARTITION, Integer.toString(message.partition()))
                .setAttribute(OFFSET, message.offset())
                .startSpan();
    }

    /** Says in a span what went wrong in it. */
    public static void failed(Span span, Throwable failure) {
        span.recordException(failure).setStatus(StatusCode.ERROR, failure.toString());
    }

    private static SpanBuilder started(String operation, SpanKind kind, String topic, String key, Headers headers) {
        return Tracing.tracer()
                .spanBuilder(operation + " " + topic)
                .setSpanKind(kind)
                .setAttribute(SYSTEM, "kafka")
                .setAttribute(OPERATION, operation)
                .setAttribute(OPERATION_TYPE, operation)
                .setAttribute(TOPIC, topic)
                .setAttribute(KEY, key)
                .setAttribute(
                        EVENT_ID, CloudEvents.header(headers, CloudEvents.ID).orElse(""))
                .setAttribute(
                        EVENT_TYPE,
                        CloudEvents.header(headers, CloudEvents.TYPE).orElse(""));
    }
}
