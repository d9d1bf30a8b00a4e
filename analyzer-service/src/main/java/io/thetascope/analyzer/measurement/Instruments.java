package io.thetascope.analyzer.measurement;

import io.thetascope.analyzer.cache.FileCache;
import io.thetascope.analyzer.features.FeatureModel;
import io.thetascope.artifacts.store.ObjectStore;
import java.nio.file.Path;

/**
 * What analyses are measured with.
 *
 * @param store holds checkpoints and takes tensors
 * @param cache brings checkpoints, data sets and features
 * @param model runs networks
 * @param heapBytes how large the heap of this process may become
 */
public record Instruments(ObjectStore store, FileCache cache, FeatureModel model, long heapBytes) {
    /** Returns the folder for files on their way. */
    Path folder() {
        return cache.folder();
    }
}
