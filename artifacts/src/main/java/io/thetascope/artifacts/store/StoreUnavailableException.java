package io.thetascope.artifacts.store;

/** The store did not answer, or said that it cannot now. Transient: wait and try again. */
public final class StoreUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says what was tried. */
    public StoreUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
