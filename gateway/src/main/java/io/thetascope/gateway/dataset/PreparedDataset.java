package io.thetascope.gateway.dataset;

import io.thetascope.contracts.study.DatasetSource;
import java.nio.file.Path;

/**
 * A data set in its canonical form, on this machine.
 *
 * @param source where it came from, and its digest
 * @param file the canonical file
 * @param bytes its size
 */
public record PreparedDataset(DatasetSource source, Path file, long bytes) {}
