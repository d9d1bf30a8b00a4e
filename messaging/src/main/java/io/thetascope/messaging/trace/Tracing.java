package io.thetascope.messaging.trace;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.TracerProvider;

/** Whether this process makes spans. */
public final class Tracing {
    private static final String SCOPE = "io.thetascope";

    private static volatile boolean off;

    private Tracing() {}

    /**
     * Says whether OpenTelemetry is switched off. Then no spans are made and every {@code traceparent} goes through as it
     * came; the SDK by itself would put the ids of spans into it that nobody ever receives.
     */
    public static void switchOff(boolean disabled) {
        off = disabled;
    }

    // asked for anew each time: the service sets it up after this class may have been loaded
    static Tracer tracer() {
        return off ? TracerProvider.noop().get(SCOPE) : GlobalOpenTelemetry.getTracer(SCOPE);
    }
}
