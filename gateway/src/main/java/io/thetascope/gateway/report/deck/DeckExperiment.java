package io.thetascope.gateway.report.deck;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a slide of the deck with three norms is about. */
public enum DeckExperiment {
    /** θ1 with every sign flipped, retrained. */
    @JsonProperty("flip")
    FLIP("Flipping effect"),
    /** θ1 + 1e-6, retrained. */
    @JsonProperty("distortion")
    DISTORTION("Distortion effect"),
    /** The features of a trained model among each other. */
    @JsonProperty("correlation")
    CORRELATION("Correlation analysis");

    private final String slide;

    DeckExperiment(String slide) {
        this.slide = slide;
    }

    /** Returns the title of the slide. */
    public String slide() {
        return slide;
    }
}
