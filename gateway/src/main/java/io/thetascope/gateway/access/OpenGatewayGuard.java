package io.thetascope.gateway.access;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.thetascope.contracts.json.Json;
import io.thetascope.gateway.api.ProblemDetail;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the pages of other sites, in a browser on the same machine, away from a gateway that asks for no token: names
 * that were bound to loopback afterwards (DNS rebinding), and requests across origins.
 */
final class OpenGatewayGuard {
    private static final int EARLY = 500;
    private static final int MISDIRECTED = 421;
    private static final int FORBIDDEN = 403;
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[?::1]?");

    void register(@Observes Filters filters, Admission admission) {
        if (admission.open()) {
            filters.register(OpenGatewayGuard::pass, EARLY);
        }
    }

    private static void pass(RoutingContext context) {
        HttpServerRequest request = context.request();
        HostAndPort asked = request.authority();
        if (!isLoopback(asked)) {
            refuse(context, MISDIRECTED, "Without tokens the gateway answers to localhost and 127.0.0.1 alone.");
        } else if (!isOwn(request.getHeader(HttpHeaders.ORIGIN), request.getHeader(HttpHeaders.HOST))) {
            refuse(context, FORBIDDEN, "Pages of other origins may not use the gateway.");
        } else {
            context.next();
        }
    }

    private static boolean isLoopback(@Nullable HostAndPort asked) {
        return asked != null && LOOPBACK.matcher(asked.host()).matches();
    }

    private static boolean isOwn(@Nullable String origin, @Nullable String host) {
        return origin == null || origin.equals("http://" + host) || origin.equals("https://" + host);
    }

    private static void refuse(RoutingContext context, int status, String detail) {
        context.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, ProblemDetail.MEDIA_TYPE)
                .end(Buffer.buffer(Json.bytes(ProblemDetail.of(status, detail, List.of()))));
    }
}
