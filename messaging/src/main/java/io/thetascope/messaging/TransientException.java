package io.thetascope.messaging;

/** Something that is away and will come back: wait and try again. */
public class TransientException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says what is away. */
    public TransientException(String message, Throwable cause) {
        super(message, cause);
    }
}
