package io.thetascope.messaging.trace;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import java.util.function.Supplier;

/**
 * A stage of the work, as a span of its own: what goes on inside and what is published from inside belongs to it. Costs
 * nothing while nobody traces.
 *
 * @param name as the trace shows it
 * @param attributes of the span
 */
public record Stage(String name, Attributes attributes) {
    /** A stage that says no more than its name. */
    public static Stage named(String name) {
        return new Stage(name, Attributes.empty());
    }

    /** Returns this stage with something more to say, such as {@code thetascope.run.id}. */
    public Stage with(String key, Object value) {
        AttributesBuilder more = attributes.toBuilder();
        return new Stage(name, more.put(key, value.toString()).build());
    }

    /** Works within the span; what the work throws is recorded there and comes out. */
    public <T> T call(Supplier<T> work) {
        Span span =
                Tracing.tracer().spanBuilder(name).setAllAttributes(attributes).startSpan();
        if (!span.isRecording()) {
            return work.get(); // in the context that is there: it carries the same traceparent
        }
        try {
            return Context.current().with(span).wrapSupplier(work).get();
        } catch (RuntimeException | Error e) {
            MessageSpans.failed(span, e);
            throw e;
        } finally {
            span.end();
        }
    }

    /** Works within the span. */
    public void run(Runnable work) {
        call(() -> {
            work.run();
            return Boolean.TRUE;
        });
    }
}
