package io.thetascope.gateway.api;

import io.opentelemetry.context.ContextStorage;
import io.thetascope.messaging.CloudEvents;
import io.thetascope.messaging.trace.TraceParent;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Takes up the caller's {@code traceparent} while OpenTelemetry is switched off, so that what the request causes still
 * carries it.
 */
@Provider
public final class CallersTrace implements ContainerRequestFilter {
    private final boolean untraced;

    CallersTrace(@ConfigProperty(name = "quarkus.otel.sdk.disabled") boolean untraced) {
        this.untraced = untraced;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        if (untraced) {
            // kept in the request's own Vert.x context, and gone with it
            var unused =
                    ContextStorage.get().attach(TraceParent.context(request.getHeaderString(CloudEvents.TRACE_PARENT)));
        }
    }
}
