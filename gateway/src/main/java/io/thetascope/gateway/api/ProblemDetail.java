package io.thetascope.gateway.api;

import io.thetascope.gateway.request.Problem;
import jakarta.ws.rs.core.Response;
import java.util.List;

/**
 * What went wrong with a request (RFC 9457).
 *
 * @param type always {@code about:blank}: the status says it
 * @param title the status in words
 * @param status of HTTP
 * @param detail one sentence
 * @param problems all of them, with their remedies
 */
public record ProblemDetail(String type, String title, int status, String detail, List<Problem> problems) {
    /** The media type of errors. */
    public static final String MEDIA_TYPE = "application/problem+json";

    public ProblemDetail {
        problems = List.copyOf(problems);
    }

    /** Titles a problem by its status. */
    public static ProblemDetail of(int status, String detail, List<Problem> problems) {
        Response.StatusType known = Response.Status.fromStatusCode(status);
        String title = known == null ? "Error" : known.getReasonPhrase();
        return new ProblemDetail("about:blank", title, status, detail, problems);
    }

    /** Makes the answer that tells a problem. */
    public static Response answer(int status, String detail, List<Problem> problems) {
        return Response.status(status)
                .type(MEDIA_TYPE)
                .entity(of(status, detail, problems))
                .build();
    }
}
