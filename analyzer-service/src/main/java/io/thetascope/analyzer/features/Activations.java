package io.thetascope.analyzer.features;

// n images, p units, c classes

/** What a network gives for a set of images. Not a record: it holds arrays, which belong to whoever asked. */
final class Activations {
    private final float[] featuresNP;
    private final float[] logitsNC;

    Activations(float[] featuresNP, float[] logitsNC) {
        this.featuresNP = featuresNP;
        this.logitsNC = logitsNC;
    }

    /** Returns the features, one image a row. */
    float[] featuresNP() {
        return featuresNP;
    }

    /** Returns the logits, one image a row. */
    float[] logitsNC() {
        return logitsNC;
    }
}
