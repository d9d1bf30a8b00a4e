package io.thetascope.artifacts.store;

/** There is no object of this name. */
public final class MissingObjectException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Names what is missing. */
    public MissingObjectException(String key) {
        super("no object " + key + "; restore it or run again what writes it");
    }

    /** Names what is missing, as the store said it. */
    public MissingObjectException(String key, Throwable cause) {
        super("no object " + key + "; restore it or run again what writes it", cause);
    }
}
