package io.thetascope.measures.similarity;

import io.thetascope.contracts.analysis.FeatureSimilarity;
import io.thetascope.measures.features.Features;

/** What the features of two models have to do with each other on the same images (MEASURES §3). */
@SuppressWarnings("DoNotCallSuggester")
public final class Similarity {
    private Similarity() {}

    /**
     * Measures two models.
     *
     * @param left one model
     * @param right the other, on the same images in the same order
     * @param labelsN of the images
     * @param sameStart whether both descend from one start, so that unit i of the one has to do with unit i of the other
     * @param seed of the permutations of the nulls
     * @throws io.thetascope.measures.NotMeasurableException with fewer than four images, values that are not finite, or a side
     *     with dead units only
     */
    public static FeatureSimilarity measure(
            Features left, Features right, long[] labelsN, boolean sameStart, long seed) {
        throw new UnsupportedOperationException("in the making");
    }
}
