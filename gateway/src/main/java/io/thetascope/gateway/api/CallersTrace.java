package io.thetascope.gateway.api;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.ContextStorage;
import io.thetascope.messaging.CloudEvents;
import io.thetascope.messaging.trace.TraceParent;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;

/**
 * Takes up the caller's {@code traceparent} where no tracer has done so: with OpenTelemetry switched off, what the request
 * causes still carries it.
 */
@Provider
public final class CallersTrace implements ContainerRequestFilter {
    @Override
    public void filter(ContainerRequestContext request) {
        if (!Span.current().getSpanContext().isValid()) {
            // kept in the request's own Vert.x context, and gone with it
            var unused =
                    ContextStorage.get().attach(TraceParent.context(request.getHeaderString(CloudEvents.TRACE_PARENT)));
        }
    }
}
