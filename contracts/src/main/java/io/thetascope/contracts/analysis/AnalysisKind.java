package io.thetascope.contracts.analysis;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;

/** What is measured. The last five are the comparisons across runs. */
public enum AnalysisKind {
    /** From one checkpoint to the next, and from the start. */
    @JsonProperty("movement")
    MOVEMENT,
    /** Penultimate features on the probe set at one checkpoint. */
    @JsonProperty("features")
    FEATURES,
    /** A perturbed child against its parent. */
    @JsonProperty("perturbation")
    PERTURBATION,
    /** A twin against its parent. */
    @JsonProperty("twin")
    TWIN,
    /** A perturbed child against the same-seed twin. */
    @JsonProperty("effect")
    EFFECT,
    /** The same-seed twin against a new-seed twin. */
    @JsonProperty("null")
    NULL,
    /** Two final models of generation 0 with the same network and data set. */
    @JsonProperty("pair")
    PAIR,
    @JsonEnumDefaultValue
    @JsonProperty("unknown")
    UNKNOWN;

    /** Whether this compares runs, and so waits for more than one. */
    public boolean comparesRuns() {
        return this != MOVEMENT && this != FEATURES && this != UNKNOWN;
    }
}
