package io.thetascope.contracts.identity;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The id of an analysis: {@code a} and 20 hex digits of the hash of its request, so it is known when the study is planned. */
public record AnalysisId(@JsonValue String value) implements Comparable<AnalysisId> {
    @JsonCreator
    public AnalysisId {
        ContentHash.requireId('a', value);
    }

    /** Returns the id of this canonical JSON text. */
    public static AnalysisId ofCanonical(String canonicalJson) {
        return new AnalysisId(ContentHash.id('a', canonicalJson));
    }

    @Override
    public int compareTo(AnalysisId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
