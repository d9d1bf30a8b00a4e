package io.thetascope.contracts.run;

import io.thetascope.contracts.identity.Digest;

/**
 * Which images a run sees, resolved to counts: two ways of asking for the same images are the same run.
 *
 * @param name mnist, fashion-mnist or cifar10
 * @param digest of the canonical data-set file in the object store
 * @param train the first so many training images are trained on
 * @param validation so many training images at the end are held back; 0 when none
 * @param test the first so many test images are evaluated on
 */
public record DatasetUse(String name, Digest digest, int train, int validation, int test) {
    public DatasetUse {
        if (train < 2) {
            throw new IllegalArgumentException("training needs at least 2 images: " + train);
        }
        if (validation < 0 || test < 1) {
            throw new IllegalArgumentException(
                    "validation must be >= 0 and test >= 1: validation " + validation + ", test " + test);
        }
    }
}
