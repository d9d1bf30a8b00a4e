package io.thetascope.contracts.run;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;

/** How a run ended. Only finished and diverged are for good; the others can be tried again. */
public enum RunOutcome {
    @JsonProperty("finished")
    FINISHED,
    @JsonProperty("diverged")
    DIVERGED,
    @JsonProperty("failed")
    FAILED,
    @JsonProperty("cancelled")
    CANCELLED,
    @JsonProperty("skipped")
    SKIPPED,
    @JsonEnumDefaultValue
    @JsonProperty("unknown")
    UNKNOWN;

    /** Whether the run has a result.json and is never trained again. */
    public boolean forGood() {
        return this == FINISHED || this == DIVERGED;
    }
}
