package io.thetascope.measures.features;

import io.thetascope.measures.NotMeasurableException;

// n images, p units, c classes

/** What a model gives for a set of images. Not a record: it holds arrays, which belong to whoever made it. */
public final class Features {
    /** Fewer say nothing about a correlation, and HSIC₁ divides by n − 3. */
    public static final int FEWEST_IMAGES = 4;

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

    /** Returns c, by the network. */
    public int classes() {
        return logitsNC.length / images;
    }

    /** Returns the features, one image a row. */
    public float[] featuresNP() {
        return featuresNP;
    }

    /** Returns the logits, one image a row. */
    public float[] logitsNC() {
        return logitsNC;
    }

    /** Returns the class of the largest logit of every image, the first one on a tie. */
    public int[] predictedN() {
        int classes = classes();
        int[] predictedN = new int[images];
        for (int image = 0; image < images; image++) {
            int best = 0;
            for (int c = 1; c < classes; c++) {
                if (logitsNC[image * classes + c] > logitsNC[image * classes + best]) {
                    best = c;
                }
            }
            predictedN[image] = best;
        }
        return predictedN;
    }

    /**
     * Centres the features.
     *
     * @throws NotMeasurableException with fewer than four images, values that are not finite, or dead units only
     */
    public CentredFeatures centred() {
        requireImages(images);
        requireFinite("features", featuresNP);
        requireFinite("logits", logitsNC);
        CentredFeatures centred = CentredFeatures.of(featuresNP, images, units());
        if (centred.liveUnits() == 0) {
            throw new NotMeasurableException("all " + units() + " units give the same on every probe image, so nothing"
                    + " correlates; look at the run's training loss");
        }
        return centred;
    }

    /**
     * Refuses what is too small to be measured.
     *
     * @throws NotMeasurableException with fewer than four images
     */
    public static void requireImages(int images) {
        if (images < FEWEST_IMAGES) {
            throw new NotMeasurableException("features need at least " + FEWEST_IMAGES + " probe images, there are "
                    + images + "; raise the limit of the test set");
        }
    }

    /**
     * Refuses values that are not finite.
     *
     * @param what they are, plural
     * @throws NotMeasurableException when one is not
     */
    public static void requireFinite(String what, float[] values) {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                throw new NotMeasurableException(
                        "the " + what + " are not finite; train again with a smaller learning rate");
            }
        }
    }
}
