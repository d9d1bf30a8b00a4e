package io.thetascope.gateway.api;

import io.thetascope.gateway.access.Role;
import io.thetascope.gateway.deadletter.DeadLetter;
import io.thetascope.gateway.deadletter.LetterBox;
import io.thetascope.gateway.deadletter.LetterId;
import io.thetascope.gateway.deadletter.Resending;
import io.thetascope.gateway.reading.Items;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What gave up or could not be read: listed, and sent again. */
@RolesAllowed(Role.VIEWER)
@Path("/api/v1/dead-letters")
@Produces(MediaType.APPLICATION_JSON)
public final class DeadLettersResource {
    private final LetterBox letters;

    @Inject
    DeadLettersResource(LetterBox letters) {
        this.letters = letters;
    }

    /**
     * The answer to a letter that was sent again.
     *
     * @param id of the letter
     * @param topic in which it is again
     * @param resentAt when
     * @param note what to expect
     */
    public record Resent(String id, String topic, Instant resentAt, String note) {}

    /** Lists dead letters by topic, the oldest first. */
    @GET
    public Items<DeadLetter> list(
            @QueryParam("after") @Nullable String after, @QueryParam("limit") @Nullable String limit) {
        return letters.list(after == null || after.isEmpty() ? null : Names.letter(after), Paging.size(limit));
    }

    /** Sends a letter to the topic that it came from, once. */
    @RolesAllowed(Role.OPERATOR)
    @POST
    @Path("/{id}/resend")
    public Response resend(@PathParam("id") String text) {
        LetterId id = Names.letter(text);
        Resending answer = letters.resend(id);
        if (answer instanceof Resending.Sent sent) {
            return Response.accepted(
                            new Resent(id.toString(), id.topic().topicName(), sent.sentAt(), note(sent.unreadable())))
                    .build();
        }
        if (answer instanceof Resending.SentBefore before) {
            return ProblemDetail.answer(409, id + " was sent again at " + before.sentAt(), List.of());
        }
        throw new NothingThereException("there is no dead letter " + id);
    }

    private static String note(boolean unreadable) {
        return unreadable
                ? "It could not be read; unless its reader has changed it becomes a dead letter again."
                : "It is handled like a new message.";
    }
}
