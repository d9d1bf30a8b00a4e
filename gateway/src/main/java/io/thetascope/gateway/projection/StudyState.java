package io.thetascope.gateway.projection;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;

/** Where a study stands. */
public enum StudyState {
    RUNNING,
    COMPLETED,
    CANCELLED;

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
    public static StudyState of(String word) {
        return Arrays.stream(values())
                .filter(s -> s.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no study state " + word));
    }
}
