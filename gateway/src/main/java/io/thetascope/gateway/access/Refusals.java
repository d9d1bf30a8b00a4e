package io.thetascope.gateway.access;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.thetascope.gateway.api.ProblemDetail;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Answers to those who may not: the same whatever is wrong with a token. */
final class Refusals {
    @ServerExceptionMapper({UnauthorizedException.class, AuthenticationFailedException.class})
    Response unknown(SecurityException e) {
        Response answer = ProblemDetail.answer(401, "Send a valid token as Authorization: Bearer.", List.of());
        return Response.fromResponse(answer)
                .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer")
                .build();
    }

    @ServerExceptionMapper
    Response mayNot(ForbiddenException e) {
        return ProblemDetail.answer(403, "The token does not give the role that this takes.", List.of());
    }
}
