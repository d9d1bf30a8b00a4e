package io.thetascope.gateway.projection;

import com.fasterxml.jackson.annotation.JsonValue;
import io.thetascope.contracts.run.RunOutcome;
import java.util.Arrays;
import java.util.Locale;

/** Where a run stands. */
public enum RunState {
    /** Planned; its job is not queued yet. */
    WAITING,
    QUEUED,
    RUNNING,
    FINISHED,
    DIVERGED,
    FAILED,
    CANCELLED,
    SKIPPED;

    /** Whether nothing more is to come by itself. */
    public boolean terminal() {
        return this != WAITING && this != QUEUED && this != RUNNING;
    }

    /** Whether the run has a result and is never trained again. */
    public boolean forGood() {
        return this == FINISHED || this == DIVERGED;
    }

    /** Returns the name in JSON and in the database. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return word();
    }

    /** Finds a state by its word. */
    public static RunState of(String word) {
        return Arrays.stream(values())
                .filter(s -> s.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no run state " + word));
    }

    /** Returns the state of a run that ended like this; what is not known counts as failed. */
    public static RunState of(RunOutcome outcome) {
        return switch (outcome) {
            case FINISHED -> FINISHED;
            case DIVERGED -> DIVERGED;
            case CANCELLED -> CANCELLED;
            case SKIPPED -> SKIPPED;
            case FAILED, UNKNOWN -> FAILED;
        };
    }
}
