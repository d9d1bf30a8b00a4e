package io.thetascope.gateway.deadletter;

import java.time.Instant;

/** What came of asking that a dead letter be sent again. */
public sealed interface Resending {
    /** There is no such letter. */
    record NoSuchLetter() implements Resending {}

    /** It was sent before, and is sent once only. */
    record SentBefore(Instant sentAt) implements Resending {}

    /**
     * It is in its topic again.
     *
     * @param sentAt when
     * @param unreadable whether it lay there because it could not be read: it comes back unless its reader has changed
     */
    record Sent(Instant sentAt, boolean unreadable) implements Resending {}
}
