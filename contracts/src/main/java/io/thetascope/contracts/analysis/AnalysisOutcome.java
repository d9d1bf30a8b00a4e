package io.thetascope.contracts.analysis;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;

/** How an analysis ended. */
public enum AnalysisOutcome {
    @JsonProperty("measured")
    MEASURED,
    /** What was asked for cannot be measured; the reason says why. */
    @JsonProperty("refused")
    REFUSED,
    /** The analyzer gave up; the job is in the dead-letter topic. */
    @JsonProperty("failed")
    FAILED,
    @JsonEnumDefaultValue
    @JsonProperty("unknown")
    UNKNOWN
}
