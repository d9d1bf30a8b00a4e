package io.thetascope.analyzer.features;

import io.thetascope.analyzer.cache.CachedFile;
import io.thetascope.analyzer.cache.FileCache;
import io.thetascope.analyzer.records.Remembered;
import io.thetascope.artifacts.ArtifactKeys;
import io.thetascope.artifacts.DatasetTensors;
import io.thetascope.artifacts.store.MissingObjectException;
import io.thetascope.contracts.analysis.ProbeSet;
import io.thetascope.measures.NotMeasurableException;
import io.thetascope.measures.features.ProbeSelection;
import java.util.Optional;

/** Reads the images of probe sets out of data sets; those used last stay in memory. */
public final class ProbeSets {
    private static final int REMEMBERED = 4; // 1.5 MB each for MNIST, 6 MB for CIFAR-10

    private final FileCache cache;
    private final Remembered<ProbeSet, ProbeImages> read = new Remembered<>(REMEMBERED);

    /** Reads data sets through this cache. */
    public ProbeSets(FileCache cache) {
        this.cache = cache;
    }

    /** Returns the images of a probe set. */
    public ProbeImages get(ProbeSet probe) {
        return read.get(probe, p -> Optional.of(read(p))).orElseThrow();
    }

    private ProbeImages read(ProbeSet probe) {
        try (DatasetImages test = DatasetImages.open(probe.dataset(), DatasetTensors.TEST, dataset(probe))) {
            long[] among = labels(test, probe);
            return test.images(ProbeSelection.select(probe, among), among);
        }
    }

    private CachedFile dataset(ProbeSet probe) {
        try {
            return cache.fetch(ArtifactKeys.dataset(probe.dataset()), probe.dataset()::equals);
        } catch (MissingObjectException e) {
            throw new NotMeasurableException("the images of the probe set are gone, " + e.getMessage()
                    + ": a study that is posted on this data set brings it back; then ask for the analysis again");
        }
    }

    private static long[] labels(DatasetImages test, ProbeSet probe) {
        if (test.count() < probe.among()) {
            throw new NotMeasurableException("the probe set draws among " + probe.among() + " test images, data set "
                    + probe.dataset().prefix() + " has " + test.count() + "; lower the limit of the test set");
        }
        return test.labels(probe.among());
    }
}
