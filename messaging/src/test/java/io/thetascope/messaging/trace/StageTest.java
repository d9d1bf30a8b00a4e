package io.thetascope.messaging.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import io.opentelemetry.sdk.trace.data.SpanData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class StageTest {
    private static final String CALLER = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    @RegisterExtension
    static final OpenTelemetryExtension TRACES = OpenTelemetryExtension.create();

    @Test
    void aStageWithinAStageIsItsChild() {
        String answer = Stage.named("train run")
                .with("thetascope.run.id", "r1")
                .call(() -> Stage.named("write checkpoint").call(() -> "done"));
        assertThat(answer).isEqualTo("done");
        SpanData inner = TRACES.getSpans().get(0);
        SpanData outer = TRACES.getSpans().get(1);
        assertThat(inner.getParentSpanId()).isEqualTo(outer.getSpanId());
        assertThat(outer.getAttributes().get(AttributeKey.stringKey("thetascope.run.id")))
                .isEqualTo("r1");
        assertThat(TraceParent.current()).isEmpty();
    }

    @Test
    void aFailureIsRecordedAndComesOut() {
        IllegalStateException failure = new IllegalStateException("disk full");
        assertThatThrownBy(() -> Stage.named("write checkpoint").run(() -> {
                    throw failure;
                }))
                .isSameAs(failure);
        SpanData span = TRACES.getSpans().get(0);
        assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(span.getEvents()).hasSize(1);
    }

    @Test
    void withoutATracerTheTraceGoesThroughUnchanged() {
        Tracing.switchOff(true);
        try {
            TraceParent.context(CALLER)
                    .wrap(() -> Stage.named("perturb")
                            .run(() -> assertThat(TraceParent.current()).contains(CALLER)))
                    .run();
        } finally {
            Tracing.switchOff(false);
        }
    }
}
