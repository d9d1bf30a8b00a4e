package io.thetascope.analyzer.features;

import io.thetascope.analyzer.cache.CachedFile;
import io.thetascope.analyzer.cache.FileCache;
import io.thetascope.analyzer.records.Remembered;
import io.thetascope.artifacts.ArtifactKeys;
import io.thetascope.artifacts.DatasetTensors;
import io.thetascope.artifacts.safetensors.SafetensorsFile;
import io.thetascope.artifacts.safetensors.TensorEntry;
import io.thetascope.artifacts.store.MissingObjectException;
import io.thetascope.contracts.analysis.ProbeSet;
import io.thetascope.contracts.run.InputShape;
import io.thetascope.measures.NotMeasurableException;
import io.thetascope.measures.features.ProbeSelection;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Reads the images of probe sets out of data sets; those used last stay in memory. */
public final class ProbeSets {
    private static final int REMEMBERED = 4; // 1.5 MB each for MNIST, 6 MB for CIFAR-10
    private static final String IMAGES = DatasetTensors.images(DatasetTensors.TEST);
    private static final String LABELS = DatasetTensors.labels(DatasetTensors.TEST);

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
        CachedFile dataset = dataset(probe);
        try (SafetensorsFile file = SafetensorsFile.open(dataset.path())) {
            TensorEntry images = file.tensor(IMAGES);
            long[] among = labels(file, probe);
            int[] selected = ProbeSelection.select(probe, among);
            InputShape shape = shape(probe, images.shape());
            int size = shape.channels() * shape.height() * shape.width();
            byte[] pixels = new byte[Math.multiplyExact(selected.length, size)];
            for (int i = 0; i < selected.length; i++) {
                file.readBytes(images, (long) selected[i] * size, pixels, i * size, size);
            }
            return new ProbeImages(
                    shape,
                    pixels,
                    IntStream.of(selected).mapToLong(i -> among[i]).toArray(),
                    IntStream.of(selected).asLongStream().toArray());
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

    private static long[] labels(SafetensorsFile file, ProbeSet probe) {
        TensorEntry labels = file.tensor(LABELS);
        if (labels.elements() < probe.among()) {
            throw new NotMeasurableException("the probe set draws among " + probe.among() + " test images, data set "
                    + probe.dataset().prefix() + " has " + labels.elements() + "; lower the limit of the test set");
        }
        long[] among = new long[probe.among()];
        file.readLongs(labels, 0, among, 0, among.length);
        return among;
    }

    private static InputShape shape(ProbeSet probe, List<Long> imagesNCHW) {
        if (imagesNCHW.size() != 4) {
            throw new NotMeasurableException("data set " + probe.dataset().prefix() + ": " + IMAGES + " has shape "
                    + imagesNCHW + " where [N, C, H, W] is needed; store the data set again");
        }
        return new InputShape(
                Math.toIntExact(imagesNCHW.get(1)),
                Math.toIntExact(imagesNCHW.get(2)),
                Math.toIntExact(imagesNCHW.get(3)));
    }
}
