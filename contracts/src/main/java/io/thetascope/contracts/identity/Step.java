package io.thetascope.contracts.identity;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Optimizer steps done; 0 is the run's starting point. */
public record Step(@JsonValue long value) implements Comparable<Step> {
    /** The starting point of every run. */
    public static final Step START = new Step(0);

    private static final long MAX = 99_999_999L; // object names carry eight digits

    @JsonCreator
    public Step {
        if (value < 0 || value > MAX) {
            throw new IllegalArgumentException("step must be within 0 and " + MAX + ": " + value);
        }
    }

    @Override
    public int compareTo(Step other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
