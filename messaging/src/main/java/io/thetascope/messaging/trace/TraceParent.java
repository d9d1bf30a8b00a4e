package io.thetascope.messaging.trace;

import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.thetascope.messaging.CloudEvents;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * The W3C {@code traceparent} of a context, to be kept and taken up again. Works without a tracer too: what came in goes
 * out unchanged. One that is malformed counts as none.
 */
public final class TraceParent {
    private static final W3CTraceContextPropagator W3C = W3CTraceContextPropagator.getInstance();

    private TraceParent() {}

    /** Returns that of the current context; empty outside a trace. */
    public static Optional<String> current() {
        return of(Context.current());
    }

    /** Returns that of a context; empty outside a trace. */
    public static Optional<String> of(Context context) {
        String[] kept = new String[1];
        W3C.inject(context, kept, (carrier, name, value) -> {
            if (carrier != null && name.equals(CloudEvents.TRACE_PARENT)) {
                carrier[0] = value;
            }
        });
        return Optional.ofNullable(kept[0]);
    }

    /** Returns a context in the trace of this {@code traceParent} and in no other; outside any trace when it is none. */
    public static Context context(@Nullable String traceParent) {
        Map<String, String> carrier = traceParent == null ? Map.of() : Map.of(CloudEvents.TRACE_PARENT, traceParent);
        return W3C.extract(Context.root(), carrier, Getter.INSTANCE);
    }

    static Context context(Headers headers) {
        return context(CloudEvents.header(headers, CloudEvents.TRACE_PARENT).orElse(null));
    }

    static void write(Context context, Headers headers) {
        of(context)
                .ifPresent(value -> headers.remove(CloudEvents.TRACE_PARENT)
                        .add(CloudEvents.TRACE_PARENT, value.getBytes(StandardCharsets.UTF_8)));
    }

    private enum Getter implements TextMapGetter<Map<String, String>> {
        INSTANCE;

        @Override
        public Iterable<String> keys(Map<String, String> carrier) {
            return List.copyOf(carrier.keySet());
        }

        @Override
        public @Nullable String get(@Nullable Map<String, String> carrier, String name) {
            return carrier == null ? null : carrier.get(name);
        }
    }
}
