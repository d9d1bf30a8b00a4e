package io.thetascope.gateway.report.deck;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Three norms as a slide gives them.
 *
 * @param experiment that the slide is about
 * @param dataset under our name
 * @param network inferred from the norms
 * @param norm1 |θ1|
 * @param norm2 |θ2|
 * @param distance |θ1 − θ2|
 */
public record DeckTriangle(
        DeckExperiment experiment, String dataset, DeckNetwork network, double norm1, double norm2, double distance) {

    /** Returns the cosine of θ1 and θ2 that follows from the three norms. */
    @JsonProperty
    public double cosine() {
        return cosine(norm1, norm2, distance);
    }

    static double cosine(double norm1, double norm2, double distance) {
        return (norm1 * norm1 + norm2 * norm2 - distance * distance) / (2 * norm1 * norm2);
    }
}
