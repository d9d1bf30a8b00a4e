package io.thetascope.gateway.report.http;

import io.thetascope.contracts.identity.StudyId;
import io.thetascope.gateway.access.Role;
import io.thetascope.gateway.api.NothingThereException;
import io.thetascope.gateway.report.Report;
import io.thetascope.gateway.report.ReportCsv;
import io.thetascope.gateway.report.ReportJson;
import io.thetascope.gateway.report.ReportSource;
import io.thetascope.gateway.report.page.ReportPage;
import io.thetascope.gateway.request.Problem;
import io.thetascope.gateway.request.RefusedRequestException;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** {@code GET /api/v1/studies/{id}/report} in three formats; JSON unless something else is asked for. */
@RolesAllowed(Role.VIEWER)
@Path("/api/v1/studies/{id}/report")
public class ReportResource {
    private final ReportSource source;

    /** Reads from this source. */
    @Inject
    public ReportResource(ReportSource source) {
        this.source = source;
    }

    /** Answers with the whole report. */
    @GET
    @Produces("application/json")
    public Response json(@PathParam("id") String id) {
        return answer(id, "application/json", ReportJson::bytes);
    }

    /** Answers with a self-contained page. */
    @GET
    @Produces("text/html;qs=0.9")
    public Response html(@PathParam("id") String id) {
        Response page = answer(id, "text/html;charset=UTF-8", report -> utf8(ReportPage.html(report)));
        return Response.fromResponse(page)
                .header("Content-Security-Policy", ReportPage.policy() + "; frame-ancestors 'none'; sandbox")
                .build();
    }

    /** Answers with a table: runs, unless comparisons are asked for. */
    @GET
    @Produces("text/csv;qs=0.8")
    public Response csv(@PathParam("id") String id, @QueryParam("table") @Nullable String table) {
        Function<Report, String> rows = table(table);
        return answer(id, "text/csv;charset=UTF-8;header=present", report -> utf8(rows.apply(report)));
    }

    private static Function<Report, String> table(@Nullable String name) {
        if (name == null || name.equals("runs")) {
            return ReportCsv::text;
        }
        if (name.equals("comparisons")) {
            return ReportCsv::comparisons;
        }
        throw RefusedRequestException.of(new Problem("table", name, "runs or comparisons"));
    }

    private Response answer(String id, String type, Function<Report, byte[]> rendering) {
        Report report = study(id)
                .flatMap(source::read)
                .map(Report::of)
                .orElseThrow(() -> new NothingThereException(
                        "there is no study " + id + "; GET /api/v1/studies lists those that were accepted"));
        return Response.ok(rendering.apply(report)).type(type).build();
    }

    private static Optional<StudyId> study(String id) {
        try {
            return Optional.of(new StudyId(id));
        } catch (IllegalArgumentException notAnId) {
            return Optional.empty();
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
