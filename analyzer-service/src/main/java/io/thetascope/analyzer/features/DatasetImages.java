package io.thetascope.analyzer.features;

import io.thetascope.analyzer.cache.CachedFile;
import io.thetascope.artifacts.DatasetTensors;
import io.thetascope.artifacts.safetensors.SafetensorsFile;
import io.thetascope.artifacts.safetensors.TensorEntry;
import io.thetascope.contracts.identity.Digest;
import io.thetascope.contracts.run.InputShape;
import io.thetascope.measures.NotMeasurableException;
import java.util.List;
import java.util.stream.IntStream;

/** One set of a data-set file: its images and their labels. Caller closes it. */
final class DatasetImages implements AutoCloseable {
    private final Digest digest;
    private final String set;
    private final SafetensorsFile file;

    private DatasetImages(Digest digest, String set, SafetensorsFile file) {
        this.digest = digest;
        this.set = set;
        this.file = file;
    }

    /**
     * Opens a set.
     *
     * @param digest of the data set
     * @param set {@link DatasetTensors#TRAIN} or {@link DatasetTensors#TEST}
     * @param dataset its verified file
     */
    static DatasetImages open(Digest digest, String set, CachedFile dataset) {
        return new DatasetImages(digest, set, SafetensorsFile.open(dataset.path()));
    }

    /** Returns how many there are. */
    long count() {
        return file.tensor(DatasetTensors.labels(set)).elements();
    }

    /** Returns the first labels. */
    long[] labels(int count) {
        long[] labels = new long[count];
        file.readLongs(file.tensor(DatasetTensors.labels(set)), 0, labels, 0, count);
        return labels;
    }

    /**
     * Returns some images with their labels.
     *
     * @param selected their indices
     * @param labels of the first images, as many as the largest index asks for
     */
    ProbeImages images(int[] selected, long[] labels) {
        TensorEntry images = file.tensor(DatasetTensors.images(set));
        InputShape shape = shape(images);
        int size = shape.channels() * shape.height() * shape.width();
        byte[] pixels = new byte[Math.multiplyExact(selected.length, size)];
        for (int i = 0; i < selected.length; i++) {
            file.readBytes(images, (long) selected[i] * size, pixels, i * size, size);
        }
        return new ProbeImages(
                shape,
                pixels,
                IntStream.of(selected).mapToLong(i -> labels[i]).toArray(),
                IntStream.of(selected).asLongStream().toArray());
    }

    private InputShape shape(TensorEntry images) {
        List<Long> imagesNCHW = images.shape();
        if (imagesNCHW.size() != 4) {
            throw new NotMeasurableException("data set " + digest.prefix() + ": " + images.name() + " has shape "
                    + imagesNCHW + " where [N, C, H, W] is needed; store the data set again");
        }
        return new InputShape(
                Math.toIntExact(imagesNCHW.get(1)),
                Math.toIntExact(imagesNCHW.get(2)),
                Math.toIntExact(imagesNCHW.get(3)));
    }

    @Override
    public void close() {
        file.close();
    }
}
