package io.thetascope.gateway.api;

import io.thetascope.contracts.study.UploadedWeights;
import io.thetascope.gateway.access.Role;
import io.thetascope.gateway.pretrained.WeightUploads;
import io.thetascope.gateway.reading.Items;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Weights that networks can start from. */
@RolesAllowed(Role.VIEWER)
@Path("/api/v1/pretrained")
@Produces(MediaType.APPLICATION_JSON)
public final class PretrainedResource {
    private final WeightUploads uploads;

    @Inject
    PretrainedResource(WeightUploads uploads) {
        this.uploads = uploads;
    }

    /** Lists the newest weights of each network that has some. */
    @GET
    public Items<UploadedWeights> list() {
        return Items.all(uploads.list());
    }

    /** Takes a safetensors file for a network. */
    @RolesAllowed(Role.OPERATOR)
    @PUT
    @Path("/{network}")
    @Consumes(MediaType.WILDCARD)
    public Response upload(
            @PathParam("network") String network,
            @HeaderParam(HttpHeaders.CONTENT_LENGTH) @Nullable Long length,
            InputStream body) {
        WeightUploads.Answer answer = uploads.take(Names.network(network), length == null ? -1 : length, body);
        return Response.status(answer.known() ? 200 : 201)
                .entity(answer.weights())
                .build();
    }
}
