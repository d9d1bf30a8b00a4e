package io.thetascope.artifacts.store;

import io.thetascope.contracts.identity.Digest;

/** An object's bytes are not what they should be. Permanent until somebody restores the object. */
public final class DamagedObjectException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says which object, what is wrong and what to do. */
    public DamagedObjectException(String message, Throwable cause) {
        super(message, cause);
    }

    private DamagedObjectException(String message) {
        super(message);
    }

    static DamagedObjectException digest(String key, Digest expected, Digest found) {
        return new DamagedObjectException(
                key + ": SHA-256 is " + found + ", announced was " + expected + "; restore the object and ask again");
    }
}
