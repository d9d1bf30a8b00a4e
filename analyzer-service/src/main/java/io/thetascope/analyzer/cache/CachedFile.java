package io.thetascope.analyzer.cache;

import io.thetascope.contracts.identity.Digest;
import java.nio.file.Path;

/**
 * A verified object on the local disk.
 *
 * @param path where it is; never changed in place
 * @param digest of its bytes
 * @param bytes its size
 */
public record CachedFile(Path path, Digest digest, long bytes) {}
