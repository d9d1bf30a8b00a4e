package io.thetascope.measures.features;

// n images, p units, c classes

/** What a model gives for a set of images. Not a record: it holds arrays, which belong to whoever made it. */
public final class Features {
    private final float[] featuresNP;
    private final float[] logitsNC;
    private final int images;

    /**
     * Keeps the output of a model.
     *
     * @param featuresNP row-major, one image a row
     * @param logitsNC row-major, one image a row
     * @param images n
     */
    public Features(float[] featuresNP, float[] logitsNC, int images) {
        if (images < 1 || featuresNP.length % images != 0 || logitsNC.length % images != 0) {
            throw new IllegalArgumentException("features and logits need one row for each of " + images + " images: "
                    + featuresNP.length + ", " + logitsNC.length);
        }
        this.featuresNP = featuresNP;
        this.logitsNC = logitsNC;
        this.images = images;
    }

    /** Returns n. */
    public int images() {
        return images;
    }

    /** Returns p. */
    public int units() {
        return featuresNP.length / images;
    }

    /** Returns the features, one image a row. */
    public float[] featuresNP() {
        return featuresNP;
    }

    /** Returns the logits, one image a row. */
    public float[] logitsNC() {
        return logitsNC;
    }
}
