package io.thetascope.contracts.identity;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The id of a run: {@code r} and the first 20 hex digits of the SHA-256 of its canonical {@code RunSpec}. */
public record RunId(@JsonValue String value) implements Comparable<RunId> {
    @JsonCreator
    public RunId {
        ContentHash.requireId('r', value);
    }

    /** Returns the id of this canonical JSON text. */
    public static RunId ofCanonical(String canonicalJson) {
        return new RunId(ContentHash.id('r', canonicalJson));
    }

    @Override
    public int compareTo(RunId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
