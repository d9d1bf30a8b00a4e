package io.thetascope.gateway.api;

import io.thetascope.contracts.analysis.AnalysisKind;
import io.thetascope.contracts.analysis.IntegrityResult;
import io.thetascope.contracts.analysis.LazinessResult;
import io.thetascope.contracts.analysis.OrderResult;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.gateway.access.Role;
import io.thetascope.gateway.inquiry.Inquiries;
import io.thetascope.gateway.reading.AnalysisReading;
import io.thetascope.gateway.reading.AnalysisView;
import io.thetascope.gateway.reading.DamageReading;
import io.thetascope.gateway.reading.FeaturesView;
import io.thetascope.gateway.reading.Items;
import io.thetascope.gateway.reading.MeasureView;
import io.thetascope.gateway.reading.MovementView;
import io.thetascope.gateway.reading.RunReading;
import io.thetascope.gateway.request.AskedMeasures;
import io.thetascope.gateway.request.Problems;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;

/** What was measured of a run, and what else is to be. */
@RolesAllowed(Role.VIEWER)
@Path("/api/v1/runs/{id}")
@Produces(MediaType.APPLICATION_JSON)
public final class RunAnalysesResource {
    private final RunReading runs;
    private final AnalysisReading analyses;
    private final DamageReading damage;
    private final Inquiries inquiries;

    @Inject
    RunAnalysesResource(RunReading runs, AnalysisReading analyses, DamageReading damage, Inquiries inquiries) {
        this.runs = runs;
        this.analyses = analyses;
        this.damage = damage;
        this.inquiries = inquiries;
    }

    /** Says how far a run moved. */
    @GET
    @Path("/movement")
    public MovementView movement(@PathParam("id") String id) {
        RunId run = find(id);
        return MovementView.of(run, analyses.of(run, AnalysisKind.MOVEMENT), damage.of(run));
    }

    /** Says what a run's features have to do with each other, by checkpoint. */
    @GET
    @Path("/features")
    public FeaturesView features(@PathParam("id") String id) {
        RunId run = find(id);
        return FeaturesView.of(run, analyses.of(run, AnalysisKind.FEATURES), damage.of(run));
    }

    /** Says in which order a run learned. */
    @GET
    @Path("/order")
    public MeasureView<OrderResult> order(@PathParam("id") String id) {
        return measure(find(id), AnalysisKind.ORDER, OrderResult.class);
    }

    /** Says whether a run only trained its linearisation. */
    @GET
    @Path("/laziness")
    public MeasureView<LazinessResult> laziness(@PathParam("id") String id) {
        return measure(find(id), AnalysisKind.LAZINESS, LazinessResult.class);
    }

    /** Says whether a run's checkpoints are what they were announced as. */
    @GET
    @Path("/integrity")
    public MeasureView<IntegrityResult> integrity(@PathParam("id") String id) {
        RunId run = find(id);
        return MeasureView.integrity(run, analyses.of(run, AnalysisKind.INTEGRITY), damage.of(run));
    }

    /** Lists every analysis that reads a run, without the numbers. */
    @GET
    @Path("/analyses")
    public Items<AnalysisView> analyses(@PathParam("id") String id) {
        List<AnalysisReading.Known> known = analyses.reading(find(id));
        var damaged = damage.ofReadBy(known);
        return Items.all(known.stream().map(k -> AnalysisView.brief(k, damaged)).toList());
    }

    /** Asks for measures of a run that ended, over its stored checkpoints. */
    @RolesAllowed(Role.OPERATOR)
    @POST
    @Path("/analyses")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response ask(@PathParam("id") String id, byte[] body) {
        RunId run = Names.run(id);
        Problems problems = new Problems();
        AskedMeasures asked = AskedMeasures.read(body, problems);
        List<Inquiries.Answer> answers = inquiries
                .ask(run, asked, problems)
                .orElseThrow(() -> new NothingThereException("there is no run " + run));
        return Response.accepted(Items.all(answers)).build();
    }

    private <T> MeasureView<T> measure(RunId run, AnalysisKind kind, Class<T> type) {
        return MeasureView.of(run, kind, analyses.of(run, kind), damage.of(run), type);
    }

    private RunId find(String id) {
        RunId run = Names.run(id);
        return runs.find(run)
                .orElseThrow(() -> new NothingThereException("there is no run " + run))
                .runId();
    }
}
