package io.thetascope.contracts.analysis;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;

/** What is measured, and in which version. A change of a number's meaning is a new version. */
public enum AnalysisKind {
    /**
     * From one checkpoint to the next, and from the start. Version 2 says why parameters did not change; version 3 adds
     * angles, more curves, kinds, and live parameters alone.
     */
    @JsonProperty("movement")
    MOVEMENT(3),
    /** Penultimate features on the probe set at one checkpoint. */
    @JsonProperty("features")
    FEATURES(2),
    /** In which order one run learned, over all its checkpoints. */
    @JsonProperty("order")
    ORDER(1),
    /** Whether a run only trained its linearisation, from its start to a checkpoint. */
    @JsonProperty("laziness")
    LAZINESS(1),
    /** Whether the checkpoints of a run are what they were announced as. */
    @JsonProperty("integrity")
    INTEGRITY(1),
    /** A perturbed child against its parent. */
    @JsonProperty("perturbation")
    PERTURBATION(3),
    /** A twin against its parent. */
    @JsonProperty("twin")
    TWIN(3),
    /** A perturbed child against the same-seed twin. */
    @JsonProperty("effect")
    EFFECT(3),
    /** The same-seed twin against a new-seed twin. */
    @JsonProperty("null")
    NULL(3),
    /** Two final models of generation 0 with the same network and data set. */
    @JsonProperty("pair")
    PAIR(3),
    /** How far two models are apart once the symmetries of their network are taken out. */
    @JsonProperty("alignment")
    ALIGNMENT(1),
    /** Whether two runs learned in the same order. */
    @JsonProperty("order-agreement")
    ORDER_AGREEMENT(1),
    /** How far a retraining is from its parent and from its start, at every checkpoint. */
    @JsonProperty("path")
    PATH(1),
    /** What a perturbation does to the function before retraining, beside what the symmetries of the network say. */
    @JsonProperty("symmetry")
    SYMMETRY(1),
    /** The loss along the straight line between two models. */
    @JsonProperty("barrier")
    BARRIER(1),
    @JsonEnumDefaultValue
    @JsonProperty("unknown")
    UNKNOWN(0);

    private final int version;

    AnalysisKind(int version) {
        this.version = version;
    }

    /** Returns the version that is measured now. */
    public int version() {
        return version;
    }

    /** Whether the result is a {@link ComparisonResult}: two models against each other. */
    public boolean comparesModels() {
        return this == PERTURBATION || this == TWIN || this == EFFECT || this == NULL || this == PAIR;
    }

    /**
     * Whether every run that is read must have ended for good: only then is it certain which checkpoints count. The others
     * are measured as soon as their checkpoints are stored.
     */
    public boolean waitsForResults() {
        return switch (this) {
            case MOVEMENT, FEATURES, LAZINESS, SYMMETRY, UNKNOWN -> false;
            case ORDER, INTEGRITY, PERTURBATION, TWIN, EFFECT, NULL, PAIR, ALIGNMENT, ORDER_AGREEMENT, PATH, BARRIER ->
                true;
        };
    }
}
