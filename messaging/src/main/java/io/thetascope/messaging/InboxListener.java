package io.thetascope.messaging;

/** Told what becomes of the records that an inbox takes, on the thread that takes them; it must be quick. */
@FunctionalInterface
public interface InboxListener {
    /** Tells nobody. */
    InboxListener NONE = (topic, ending) -> {};

    /** How the work on a record ended. */
    enum Ending {
        /** The service's handler took it. */
        HANDLED,
        /** It had been handled before. */
        REPEATED,
        /** It is no event of its topic. */
        UNREADABLE,
        /** Its handling failed for good, and it lies in the dead-letter topic. */
        GIVEN_UP
    }

    /** A record of a topic is done with; called once a record. */
    void ended(String topic, Ending ending);
}
