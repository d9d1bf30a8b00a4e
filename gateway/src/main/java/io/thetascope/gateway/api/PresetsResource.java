package io.thetascope.gateway.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.thetascope.gateway.access.Role;
import io.thetascope.gateway.reading.Items;
import io.thetascope.gateway.request.Presets;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Studies that come with the gateway. */
@RolesAllowed(Role.VIEWER)
@Path("/api/v1/presets")
@Produces(MediaType.APPLICATION_JSON)
public final class PresetsResource {
    private final Presets presets;

    @Inject
    PresetsResource(Presets presets) {
        this.presets = presets;
    }

    /**
     * A preset.
     *
     * @param name what to write as {@code preset}
     * @param spec what it stands for
     */
    public record Preset(String name, JsonNode spec) {}

    /** Lists the presets, the smallest first. */
    @GET
    public Items<Preset> list() {
        return Items.all(presets.names().stream()
                .map(name -> new Preset(name, presets.get(name)))
                .toList());
    }
}
