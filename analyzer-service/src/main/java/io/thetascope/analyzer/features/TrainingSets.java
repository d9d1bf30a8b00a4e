package io.thetascope.analyzer.features;

import io.thetascope.analyzer.cache.CachedFile;
import io.thetascope.analyzer.cache.FileCache;
import io.thetascope.artifacts.ArtifactKeys;
import io.thetascope.artifacts.DatasetTensors;
import io.thetascope.artifacts.store.MissingObjectException;
import io.thetascope.contracts.identity.Digest;
import io.thetascope.measures.NotMeasurableException;
import java.util.stream.IntStream;

/** Reads images that runs were trained on out of data sets. */
public final class TrainingSets {
    private final FileCache cache;

    /** Reads data sets through this cache. */
    public TrainingSets(FileCache cache) {
        this.cache = cache;
    }

    /**
     * Returns training images in their order.
     *
     * @param digest of the data set
     * @param from index of the first
     * @param count how many
     * @throws NotMeasurableException when the data set is gone, or has fewer
     */
    public ProbeImages get(Digest digest, int from, int count) {
        try (DatasetImages train = DatasetImages.open(digest, DatasetTensors.TRAIN, dataset(digest))) {
            int to = Math.addExact(from, count);
            if (train.count() < to) {
                throw new NotMeasurableException("the first " + to + " training images are needed, data set "
                        + digest.prefix() + " has " + train.count() + "; lower the limit of the training set");
            }
            return train.images(IntStream.range(from, to).toArray(), train.labels(to));
        }
    }

    private CachedFile dataset(Digest digest) {
        try {
            return cache.fetch(ArtifactKeys.dataset(digest), digest::equals);
        } catch (MissingObjectException e) {
            throw new NotMeasurableException("the training images are gone, " + e.getMessage()
                    + ": a study that is posted on this data set brings it back; then ask for the analysis again");
        }
    }
}
