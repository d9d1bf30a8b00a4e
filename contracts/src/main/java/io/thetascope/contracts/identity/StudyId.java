package io.thetascope.contracts.identity;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The id of a study: {@code s} and 20 hex digits of the hash of its resolved spec, names and labels left out. */
public record StudyId(@JsonValue String value) implements Comparable<StudyId> {
    @JsonCreator
    public StudyId {
        ContentHash.requireId('s', value);
    }

    /** Returns the id of this canonical JSON text. */
    public static StudyId ofCanonical(String canonicalJson) {
        return new StudyId(ContentHash.id('s', canonicalJson));
    }

    @Override
    public int compareTo(StudyId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
