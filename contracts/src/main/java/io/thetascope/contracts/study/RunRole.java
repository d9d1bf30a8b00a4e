package io.thetascope.contracts.study;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;

/** What a run is for in a study. */
public enum RunRole {
    @JsonProperty("base")
    BASE,
    @JsonProperty("donor")
    DONOR,
    @JsonProperty("perturbed")
    PERTURBED,
    @JsonProperty("twin-same-seed")
    TWIN_SAME_SEED,
    @JsonProperty("twin-new-seed")
    TWIN_NEW_SEED,
    @JsonEnumDefaultValue
    @JsonProperty("unknown")
    UNKNOWN
}
