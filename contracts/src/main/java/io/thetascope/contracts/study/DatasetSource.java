package io.thetascope.contracts.study;

import io.thetascope.contracts.identity.Digest;

/**
 * Where a study's images came from.
 *
 * @param name mnist, fashion-mnist or cifar10
 * @param digest of the canonical file in the object store
 * @param source where the gateway found the files, in words
 * @param official whether every file had its official checksum
 * @param train images in the training set
 * @param test images in the test set
 * @param channels 1 or 3
 * @param classes number of labels
 */
public record DatasetSource(
        String name, Digest digest, String source, boolean official, int train, int test, int channels, int classes) {}
