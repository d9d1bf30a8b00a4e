package io.thetascope.gateway.api;

/** What a path names is not there. */
public final class NothingThereException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says what is not there. */
    public NothingThereException(String message) {
        super(message);
    }
}
