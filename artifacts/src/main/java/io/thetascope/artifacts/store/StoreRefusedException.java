package io.thetascope.artifacts.store;

/** The store answered and refuses: credentials, permissions, a name it does not take. Trying again will not help. */
public final class StoreRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says what was tried. */
    public StoreRefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
