package io.thetascope.gateway.api;

import io.thetascope.artifacts.store.ObjectStore;
import io.thetascope.contracts.identity.AnalysisId;
import io.thetascope.contracts.run.ArtifactRef;
import io.thetascope.gateway.access.Role;
import io.thetascope.gateway.reading.AnalysisReading;
import io.thetascope.gateway.reading.AnalysisView;
import io.thetascope.gateway.reading.DamageReading;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Analyses of every kind. */
@RolesAllowed(Role.VIEWER)
@Path("/api/v1/analyses/{id}")
public final class AnalysesResource {
    private final AnalysisReading analyses;
    private final DamageReading damage;
    private final ObjectStore store;

    @Inject
    AnalysesResource(AnalysisReading analyses, DamageReading damage, ObjectStore store) {
        this.analyses = analyses;
        this.damage = damage;
        this.store = store;
    }

    /** Reads an analysis, whether it ended or not. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public AnalysisView analysis(@PathParam("id") String id) {
        return find(Names.analysis(id));
    }

    /** Sends what is too large for a fact, whole or a range of it. */
    @GET
    @Path("/tensors")
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    public Response tensors(@PathParam("id") String id, @HeaderParam("Range") @Nullable String range) {
        AnalysisView analysis = find(Names.analysis(id));
        ArtifactRef file = analysis.artifact();
        if (file == null) {
            String reason = analysis.reason() == null ? "" : ": " + analysis.reason();
            throw new NothingThereException(
                    "there are no tensors of analysis " + id + ", which is " + analysis.outcome() + reason);
        }
        return StoredFile.send(store, file, range, "analysis-" + id + ".safetensors");
    }

    private AnalysisView find(AnalysisId id) {
        return analyses.find(id)
                .map(known -> AnalysisView.whole(known, damage.ofReadBy(List.of(known))))
                .orElseThrow(() -> new NothingThereException("there is no analysis " + id));
    }
}
