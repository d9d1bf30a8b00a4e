package io.thetascope.artifacts.safetensors;

import io.thetascope.contracts.identity.Digest;
import java.nio.file.Path;

/**
 * A finished file.
 *
 * @param path where it is
 * @param sha256 of the whole file
 * @param bytes its size
 */
public record WrittenFile(Path path, Digest sha256, long bytes) {}
