package io.thetascope.gateway.api;

import io.thetascope.contracts.identity.AnalysisId;
import io.thetascope.gateway.reading.AnalysisReading;
import io.thetascope.gateway.reading.ComparisonView;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Comparisons across runs. */
@Path("/api/v1/comparisons/{id}")
@Produces(MediaType.APPLICATION_JSON)
public final class ComparisonsResource {
    private final AnalysisReading analyses;

    @Inject
    ComparisonsResource(AnalysisReading analyses) {
        this.analyses = analyses;
    }

    /** Reads a comparison, measured or not. */
    @GET
    public ComparisonView comparison(@PathParam("id") String id) {
        AnalysisId comparison = Names.analysis(id);
        return analyses.find(comparison)
                .filter(known -> known.request().kind().comparesModels())
                .map(ComparisonView::of)
                .orElseThrow(() -> new NothingThereException("there is no comparison " + comparison));
    }
}
