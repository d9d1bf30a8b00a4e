package io.thetascope.contracts.run;

import io.thetascope.contracts.identity.Digest;

/**
 * An object that exists.
 *
 * @param key its name in the bucket
 * @param sha256 of the whole object
 * @param bytes its size
 */
public record ArtifactRef(String key, Digest sha256, long bytes) {
    public ArtifactRef {
        if (bytes < 0) {
            throw new IllegalArgumentException("bytes must be >= 0: " + bytes);
        }
    }
}
