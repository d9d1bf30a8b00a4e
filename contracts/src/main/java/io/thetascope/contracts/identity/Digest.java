package io.thetascope.contracts.identity;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.HexFormat;

/** The SHA-256 of a whole object, as 64 lower-case hex digits. */
public record Digest(@JsonValue String value) {
    private static final int PREFIX = 12;

    @JsonCreator
    public Digest {
        if (!value.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("a digest is 64 lower-case hex digits of a SHA-256: " + value);
        }
    }

    /** Returns the digest of these bytes. */
    public static Digest of(byte[] bytes) {
        return ofHash(ContentHash.sha256().digest(bytes));
    }

    /** Wraps a finished SHA-256 of 32 bytes. */
    public static Digest ofHash(byte[] sha256) {
        return new Digest(HexFormat.of().formatHex(sha256));
    }

    /** Returns the first 12 hex digits, as object names carry them. */
    public String prefix() {
        return value.substring(0, PREFIX);
    }

    @Override
    public String toString() {
        return value;
    }
}
