package io.thetascope.contracts.identity;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * One acquisition of a job by a worker: {@code {record offset}-{delivery count}}, or {@code start} for what the
 * perturbation service announces before there is a job.
 */
public record Attempt(@JsonValue String value) {
    /** The attempt of a starting point that was written before its job was queued. */
    public static final Attempt START = new Attempt("start");

    @JsonCreator
    public Attempt {
        if (!value.matches("start|\\d+-\\d+")) {
            throw new IllegalArgumentException("an attempt reads {offset}-{delivery count} or start: " + value);
        }
    }

    /** Names the given delivery of the record at this offset. */
    public static Attempt of(long offset, int deliveryCount) {
        return new Attempt(offset + "-" + deliveryCount);
    }

    @Override
    public String toString() {
        return value;
    }
}
