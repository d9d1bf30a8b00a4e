package io.thetascope.messaging;

import org.jspecify.annotations.Nullable;

/** The service stops while a fact waits to be tried again: its offset must not be committed. */
public final class InboxClosedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says which record waits. */
    public InboxClosedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
