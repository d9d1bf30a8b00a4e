package io.thetascope.gateway.report.http;

import io.thetascope.contracts.identity.StudyId;
import io.thetascope.gateway.access.Role;
import io.thetascope.gateway.api.NothingThereException;
import io.thetascope.gateway.report.Report;
import io.thetascope.gateway.report.ReportJson;
import io.thetascope.gateway.report.ReportSource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import java.util.Optional;

/** {@code GET /api/v1/studies/{id}/verdicts}: what a study says to each claim, the same as in its report. */
@RolesAllowed(Role.VIEWER)
@Path("/api/v1/studies/{id}/verdicts")
public class VerdictsResource {
    private final ReportSource source;

    /** Reads from this source. */
    @Inject
    public VerdictsResource(ReportSource source) {
        this.source = source;
    }

    /** Answers with the verdicts of the study as far as it is. */
    @GET
    @Produces("application/json")
    public Response verdicts(@PathParam("id") String id) {
        Report report = study(id)
                .flatMap(source::read)
                .map(Report::of)
                .orElseThrow(() -> new NothingThereException(
                        "there is no study " + id + "; GET /api/v1/studies lists those that were accepted"));
        return Response.ok(ReportJson.bytes(report.verdicts()))
                .type("application/json")
                .build();
    }

    private static Optional<StudyId> study(String id) {
        try {
            return Optional.of(new StudyId(id));
        } catch (IllegalArgumentException notAnId) {
            return Optional.empty();
        }
    }
}
