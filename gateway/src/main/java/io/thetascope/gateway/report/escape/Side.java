package io.thetascope.gateway.report.escape;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Where a turn lies, seen from a sweep. */
public enum Side {
    /** Between two values of the sweep. */
    WITHIN,
    /** At the smallest value that counts it has turned already. */
    BELOW,
    /** At the largest value that counts it has not turned yet. */
    ABOVE,
    /** No value counts. */
    UNKNOWN;

    /** Returns its name in JSON. */
    @JsonValue
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
