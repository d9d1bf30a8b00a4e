package io.thetascope.messaging;

import org.jspecify.annotations.Nullable;

/** A record that is no event of its topic; reading it again will not help. The message says why. */
public final class UnreadableRecordException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says what is wrong with the record. */
    public UnreadableRecordException(String reason, @Nullable Throwable cause) {
        super(reason, cause);
    }
}
