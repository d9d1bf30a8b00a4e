package io.thetascope.gateway.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thetascope.contracts.identity.StudyId;
import io.thetascope.gateway.acceptance.StudyAcceptance;
import io.thetascope.gateway.acceptance.StudyCancellation;
import io.thetascope.gateway.acceptance.StudyPlanning;
import io.thetascope.gateway.access.Role;
import io.thetascope.gateway.damage.Damage;
import io.thetascope.gateway.planning.PlanSummary;
import io.thetascope.gateway.planning.PlannedStudy;
import io.thetascope.gateway.reading.AnalysisReading;
import io.thetascope.gateway.reading.ComparisonView;
import io.thetascope.gateway.reading.DamageReading;
import io.thetascope.gateway.reading.DamagedRunView;
import io.thetascope.gateway.reading.Items;
import io.thetascope.gateway.reading.RunFilter;
import io.thetascope.gateway.reading.RunReading;
import io.thetascope.gateway.reading.RunView;
import io.thetascope.gateway.reading.StudyReading;
import io.thetascope.gateway.reading.StudyView;
import io.thetascope.gateway.request.StudyDocument;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Studies: planned, accepted, read, cancelled. */
@RolesAllowed(Role.VIEWER)
@Path("/api/v1/studies")
@Produces(MediaType.APPLICATION_JSON)
public final class StudiesResource {
    private final StudyPlanning planning;
    private final StudyAcceptance acceptance;
    private final StudyCancellation cancellation;
    private final StudyReading studies;
    private final RunReading runs;
    private final AnalysisReading analyses;
    private final DamageReading damage;

    @Inject
    StudiesResource(
            StudyPlanning planning,
            StudyAcceptance acceptance,
            StudyCancellation cancellation,
            StudyReading studies,
            RunReading runs,
            AnalysisReading analyses,
            DamageReading damage) {
        this.planning = planning;
        this.acceptance = acceptance;
        this.cancellation = cancellation;
        this.studies = studies;
        this.runs = runs;
        this.analyses = analyses;
        this.damage = damage;
    }

    /**
     * The answer to a study.
     *
     * @param studyId its id
     * @param plan what it costs
     */
    public record Accepted(StudyId studyId, PlanSummary plan) {}

    /** Accepts a study. */
    @RolesAllowed(Role.OPERATOR)
    @POST
    @Consumes({MediaType.APPLICATION_JSON, "application/yaml", "application/x-yaml", "text/yaml", "text/x-yaml"})
    public Response accept(byte[] body, @HeaderParam(HttpHeaders.CONTENT_TYPE) String type) {
        PlannedStudy plan = planning.plan(document(body, type));
        PlanSummary summary = PlanSummary.of(plan, studies.measuredRates());
        StudyAcceptance.Answer answer = acceptance.accept(plan.acceptable());
        StudyId id = plan.study().studyId();
        return Response.status(answer == StudyAcceptance.Answer.ACCEPTED ? 202 : 200)
                .location(URI.create("/api/v1/studies/" + id))
                .entity(new Accepted(id, summary))
                .build();
    }

    /** Says what a study would be, and changes nothing. */
    @POST
    @Path("/plan")
    @Consumes({MediaType.APPLICATION_JSON, "application/yaml", "application/x-yaml", "text/yaml", "text/x-yaml"})
    public PlanSummary plan(byte[] body, @HeaderParam(HttpHeaders.CONTENT_TYPE) String type) {
        return PlanSummary.of(planning.plan(document(body, type)), studies.measuredRates());
    }

    private static ObjectNode document(byte[] body, String type) {
        return type.toLowerCase(Locale.ROOT).contains("yaml") ? StudyDocument.yaml(body) : StudyDocument.json(body);
    }

    /** Lists studies, the newest first. */
    @GET
    public Items<StudyView> list(
            @QueryParam("after") @Nullable String after, @QueryParam("limit") @Nullable String limit) {
        return studies.list(Paging.number("after", after, Long.MAX_VALUE, 0, Long.MAX_VALUE), Paging.size(limit));
    }

    /** Reads a study. */
    @GET
    @Path("/{id}")
    public StudyView study(@PathParam("id") String id) {
        return find(Names.study(id));
    }

    /** Cancels a study; one that is completed stays so. */
    @RolesAllowed(Role.OPERATOR)
    @DELETE
    @Path("/{id}")
    public StudyView cancel(@PathParam("id") String id) {
        StudyId study = Names.study(id);
        cancellation.cancel(study);
        return find(study);
    }

    /** Lists a study's runs, filtered by what the query names. */
    @GET
    @Path("/{id}/runs")
    public Items<DamagedRunView> runs(
            @PathParam("id") String id,
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @Nullable String limit,
            @Context UriInfo uri) {
        StudyId study = find(Names.study(id)).studyId();
        Map<String, String> query = new LinkedHashMap<>();
        uri.getQueryParameters().forEach((name, values) -> query.put(name, values.get(0)));
        int place = (int) Paging.number("after", after, -1, 0, Integer.MAX_VALUE);
        Items<RunView> page = runs.ofStudy(study, RunFilter.of(query), place, Paging.size(limit));
        Damage damaged = damage.of(page.items().stream().map(RunView::runId).toList());
        return new Items<>(
                page.items().stream()
                        .map(run -> DamagedRunView.of(run, damaged))
                        .toList(),
                page.next());
    }

    /** Lists a study's comparisons, measured or not. */
    @GET
    @Path("/{id}/comparisons")
    public Items<ComparisonView> comparisons(@PathParam("id") String id) {
        StudyId study = find(Names.study(id)).studyId();
        List<AnalysisReading.Known> comparisons = analyses.comparisons(study);
        Damage damaged = damage.ofReadBy(comparisons);
        return Items.all(comparisons.stream()
                .map(known -> ComparisonView.of(known, damaged))
                .toList());
    }

    private StudyView find(StudyId id) {
        return studies.find(id).orElseThrow(() -> new NothingThereException("there is no study " + id));
    }
}
