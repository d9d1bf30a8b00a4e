package io.thetascope.gateway.api;

import io.thetascope.gateway.access.Role;
import io.thetascope.gateway.network.NetworkView;
import io.thetascope.gateway.reading.Items;
import io.thetascope.networks.Networks;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;

/** The networks, as they are described. */
@RolesAllowed(Role.VIEWER)
@Path("/api/v1/networks")
@Produces(MediaType.APPLICATION_JSON)
public final class NetworksResource {

    /** Lists their names. */
    @GET
    public Items<String> list() {
        return Items.all(Networks.names());
    }

    /** Describes one at an input. */
    @GET
    @Path("/{name}")
    public NetworkView network(@PathParam("name") String name, @QueryParam("input") @Nullable String input) {
        return NetworkView.of(Names.network(name), input);
    }
}
