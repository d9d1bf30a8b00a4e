package io.thetascope.gateway.api;

import io.thetascope.contracts.identity.AnalysisId;
import io.thetascope.gateway.access.Role;
import io.thetascope.gateway.reading.AnalysisReading;
import io.thetascope.gateway.reading.ComparisonView;
import io.thetascope.gateway.reading.DamageReading;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** Comparisons across runs. */
@RolesAllowed(Role.VIEWER)
@Path("/api/v1/comparisons/{id}")
@Produces(MediaType.APPLICATION_JSON)
public final class ComparisonsResource {
    private final AnalysisReading analyses;
    private final DamageReading damage;

    @Inject
    ComparisonsResource(AnalysisReading analyses, DamageReading damage) {
        this.damage = damage;
        this.analyses = analyses;
    }

    /** Reads a comparison, measured or not. */
    @GET
    public ComparisonView comparison(@PathParam("id") String id) {
        AnalysisId comparison = Names.analysis(id);
        return analyses.find(comparison)
                .filter(known -> known.request().kind().comparesModels())
                .map(known -> ComparisonView.of(known, damage.ofReadBy(List.of(known))))
                .orElseThrow(() -> new NothingThereException("there is no comparison " + comparison));
    }
}
