package io.thetascope.gateway.api;

import io.thetascope.artifacts.store.MissingObjectException;
import io.thetascope.artifacts.store.StoreUnavailableException;
import io.thetascope.gateway.database.DatabaseUnavailableException;
import io.thetascope.gateway.pretrained.UploadFolderException;
import io.thetascope.gateway.pretrained.UploadsBusyException;
import io.thetascope.gateway.request.RefusedRequestException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.apache.kafka.common.errors.RetriableException;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns exceptions into answers: the user's mistakes by name, ours without their insides. */
final class Failures {
    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);
    private static final int RETRY_UPLOAD_SECONDS = 10;
    private static final int INSUFFICIENT_STORAGE = 507;

    @ServerExceptionMapper
    Response refused(RefusedRequestException e) {
        int count = e.problems().size();
        return ProblemDetail.answer(
                400, count == 1 ? "There is a problem." : "There are " + count + " problems.", e.problems());
    }

    @ServerExceptionMapper
    Response nothingThere(NothingThereException e) {
        return ProblemDetail.answer(404, String.valueOf(e.getMessage()), List.of());
    }

    @ServerExceptionMapper
    Response missing(MissingObjectException e) {
        return ProblemDetail.answer(404, String.valueOf(e.getMessage()), List.of());
    }

    @ServerExceptionMapper({
        StoreUnavailableException.class,
        DatabaseUnavailableException.class,
        RetriableException.class
    })
    Response away(RuntimeException e) {
        LOG.warn("request failed, something is away cause={}", e.toString());
        return ProblemDetail.answer(503, "Kafka, the object store or the database is away; try again.", List.of());
    }

    @ServerExceptionMapper
    Response busy(UploadsBusyException e) {
        Response answer = ProblemDetail.answer(503, String.valueOf(e.getMessage()), List.of());
        return Response.fromResponse(answer)
                .header(HttpHeaders.RETRY_AFTER, RETRY_UPLOAD_SECONDS)
                .build();
    }

    @ServerExceptionMapper
    Response noRoom(UploadFolderException e) {
        LOG.error("upload failed, its folder cannot take it", e);
        return ProblemDetail.answer(INSUFFICIENT_STORAGE, String.valueOf(e.getMessage()), List.of());
    }

    @ServerExceptionMapper
    Response web(WebApplicationException e) {
        int status = e.getResponse().getStatus();
        String detail = status == 415 ? "Send application/json or application/yaml." : String.valueOf(e.getMessage());
        return ProblemDetail.answer(status, detail, List.of());
    }

    @ServerExceptionMapper
    Response unexpected(RuntimeException e) {
        LOG.error("request failed", e);
        return ProblemDetail.answer(500, "The gateway failed; its log says more.", List.of());
    }
}
