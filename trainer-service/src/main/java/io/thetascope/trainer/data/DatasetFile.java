package io.thetascope.trainer.data;

import io.thetascope.artifacts.DatasetTensors;
import io.thetascope.artifacts.safetensors.DType;
import io.thetascope.artifacts.safetensors.SafetensorsFile;
import io.thetascope.artifacts.safetensors.TensorEntry;
import io.thetascope.contracts.run.DatasetUse;
import java.nio.file.Path;

// N images, C channels, H height, W width

/** Reads the canonical data-set file: {@code train.images} U8 [N, C, H, W], {@code train.labels} I64 [N], and the same of test. */
final class DatasetFile {
    private static final int CLASSES = 10;
    private static final int CHUNK = 256;

    private DatasetFile() {}

    /**
     * Reads only the images that a run uses.
     *
     * @param wantedSide what images are padded to
     * @throws IllegalArgumentException when the file is not what the run says; the message names the file
     */
    static ImageSets read(Path path, DatasetUse use, int wantedSide) {
        try (SafetensorsFile file = SafetensorsFile.open(path)) {
            return new ImageSets(
                    read(file, DatasetTensors.TRAIN, use.train(), wantedSide),
                    read(file, DatasetTensors.TEST, use.test(), wantedSide));
        }
    }

    private static HostImages read(SafetensorsFile file, String set, int count, int wantedSide) {
        TensorEntry pixels = file.tensor(DatasetTensors.images(set));
        TensorEntry labels = file.tensor(DatasetTensors.labels(set));
        require(file, pixels.dtype() == DType.U8 && pixels.shape().size() == 4, pixels + " is not U8 [N, C, H, W]");
        require(file, pixels.shape().get(2).equals(pixels.shape().get(3)), pixels + " are not square");
        require(
                file,
                labels.elements() >= count && pixels.shape().get(0) >= count,
                "has fewer than " + count + " " + set + " images");
        int channels = Math.toIntExact(pixels.shape().get(1));
        int side = Math.toIntExact(pixels.shape().get(2));
        HostImages images = HostImages.black(count, channels, side, wantedSide);
        int imageBytes = channels * side * side;
        byte[] chunk = new byte[CHUNK * imageBytes];
        for (int from = 0; from < count; from += CHUNK) {
            int now = Math.min(CHUNK, count - from);
            file.readBytes(pixels, (long) from * imageBytes, chunk, 0, now * imageBytes);
            images.putPixels(from, now, chunk);
        }
        readLabels(file, labels, images);
        return images;
    }

    private static void readLabels(SafetensorsFile file, TensorEntry labels, HostImages images) {
        long[] classes = new long[images.count()];
        file.readLongs(labels, 0, classes, 0, classes.length);
        for (int i = 0; i < classes.length; i++) {
            require(file, classes[i] >= 0 && classes[i] < CLASSES, "label " + i + " is " + classes[i]);
            images.putLabel(i, (byte) classes[i]);
        }
    }

    private static void require(SafetensorsFile file, boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException("data set " + file.path() + ": " + otherwise);
        }
    }
}
