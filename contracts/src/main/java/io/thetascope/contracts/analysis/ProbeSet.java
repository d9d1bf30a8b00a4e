package io.thetascope.contracts.analysis;

import io.thetascope.contracts.identity.Digest;

/**
 * Which test images features are taken on: stratified by class, fixed by a seed.
 *
 * @param dataset digest of the canonical data-set file
 * @param among the first so many test images are drawn from
 * @param images so many are drawn
 * @param seed of the draw
 */
public record ProbeSet(Digest dataset, int among, int images, long seed) {
    /** Images drawn when the test set has that many. */
    public static final int DEFAULT_IMAGES = 2_000;

    public ProbeSet {
        if (images < 1 || images > among) {
            throw new IllegalArgumentException("a probe set has 1 to " + among + " images: " + images);
        }
    }

    /** Returns the probe set of a run that is tested on so many images. */
    public static ProbeSet of(Digest dataset, int testImages) {
        return new ProbeSet(dataset, testImages, Math.min(DEFAULT_IMAGES, testImages), 0);
    }
}
