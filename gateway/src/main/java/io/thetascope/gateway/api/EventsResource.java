package io.thetascope.gateway.api;

import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import io.thetascope.contracts.identity.StudyId;
import io.thetascope.gateway.access.Role;
import io.thetascope.gateway.reading.EventReading;
import io.thetascope.gateway.reading.StudyReading;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import org.jspecify.annotations.Nullable;

/** What happens in a study, as it happens. */
@RolesAllowed(Role.VIEWER)
@Path("/api/v1/studies/{id}/events")
public final class EventsResource {
    private static final int MOST_STREAMS = 200; // each reads the database three times a second

    private final StudyReading studies;
    private final EventReading events;
    private final OpenStreams open = new OpenStreams(MOST_STREAMS);

    @Inject
    EventsResource(StudyReading studies, EventReading events) {
        this.studies = studies;
        this.events = events;
    }

    /** Sends everything since a place in the log, then whatever comes; the client ends it. */
    @GET
    @Blocking
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public Multi<OutboundSseEvent> events(
            @PathParam("id") String id, @HeaderParam("Last-Event-ID") @Nullable String last, @Context Sse sse) {
        StudyId study = Names.study(id);
        if (studies.find(study).isEmpty()) {
            throw new NothingThereException("there is no study " + study);
        }
        long at = Paging.number("Last-Event-ID", last, 0, 0, Long.MAX_VALUE);
        return open.counted(new EventFeed(events, study, at, sse).stream());
    }
}
