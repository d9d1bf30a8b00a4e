package io.thetascope.gateway.verdict;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a study says to a claim. */
public enum Outcome {
    /** Every cell lies beyond the threshold. */
    @JsonProperty("supported")
    SUPPORTED("supported"),
    /** One cell lies wholly on the other side. */
    @JsonProperty("refuted")
    REFUTED("refuted"),
    /** The numbers there are decide nothing. */
    @JsonProperty("underpowered")
    UNDERPOWERED("underpowered"),
    /** The runs are not worth discussing. */
    @JsonProperty("gate-not-met")
    GATE_NOT_MET("gate-not-met"),
    /** The study has no runs that the claim is about. */
    @JsonProperty("not-applicable")
    NOT_APPLICABLE("not-applicable");

    private final String word;

    Outcome(String word) {
        this.word = word;
    }

    /** Returns the word that a reader sees. */
    public String word() {
        return word;
    }
}
