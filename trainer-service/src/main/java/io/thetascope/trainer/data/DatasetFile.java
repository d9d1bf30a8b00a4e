package io.thetascope.trainer.data;

import io.thetascope.artifacts.DatasetTensors;
import io.thetascope.artifacts.safetensors.DType;
import io.thetascope.artifacts.safetensors.SafetensorsFile;
import io.thetascope.artifacts.safetensors.TensorEntry;
import io.thetascope.contracts.run.DatasetUse;
import java.nio.file.Path;
import java.util.Optional;

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
                    read(file, DatasetTensors.TRAIN, 0, use.train(), wantedSide),
                    read(file, DatasetTensors.TEST, 0, use.test(), wantedSide),
                    heldBack(file, use, wantedSide));
        }
    }

    private static Optional<HostImages> heldBack(SafetensorsFile file, DatasetUse use, int wantedSide) {
        if (use.validation() == 0) {
            return Optional.empty();
        }
        long there =
                file.tensor(DatasetTensors.images(DatasetTensors.TRAIN)).shape().get(0);
        long first = there - use.validation();
        require(
                file,
                first >= use.train(),
                "has " + there + " train images, too few for " + use.train() + " and " + use.validation()
                        + " held back");
        return Optional.of(read(file, DatasetTensors.TRAIN, Math.toIntExact(first), use.validation(), wantedSide));
    }

    private static HostImages read(SafetensorsFile file, String set, int first, int count, int wantedSide) {
        TensorEntry pixels = file.tensor(DatasetTensors.images(set));
        TensorEntry labels = file.tensor(DatasetTensors.labels(set));
        require(file, pixels.dtype() == DType.U8 && pixels.shape().size() == 4, pixels + " is not U8 [N, C, H, W]");
        require(file, pixels.shape().get(2).equals(pixels.shape().get(3)), pixels + " are not square");
        require(
                file,
                labels.elements() >= first + count && pixels.shape().get(0) >= first + count,
                "has fewer than " + (first + count) + " " + set + " images");
        int channels = Math.toIntExact(pixels.shape().get(1));
        int side = Math.toIntExact(pixels.shape().get(2));
        HostImages images = HostImages.black(count, channels, side, wantedSide);
        int imageBytes = channels * side * side;
        byte[] chunk = new byte[CHUNK * imageBytes];
        for (int from = 0; from < count; from += CHUNK) {
            int now = Math.min(CHUNK, count - from);
            file.readBytes(pixels, (long) (first + from) * imageBytes, chunk, 0, now * imageBytes);
            images.putPixels(from, now, chunk);
        }
        readLabels(file, labels, first, images);
        return images;
    }

    private static void readLabels(SafetensorsFile file, TensorEntry labels, int first, HostImages images) {
        long[] classes = new long[images.count()];
        file.readLongs(labels, first, classes, 0, classes.length);
        for (int i = 0; i < classes.length; i++) {
            require(file, classes[i] >= 0 && classes[i] < CLASSES, "label " + (first + i) + " is " + classes[i]);
            images.putLabel(i, (byte) classes[i]);
        }
    }

    private static void require(SafetensorsFile file, boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException("data set " + file.path() + ": " + otherwise);
        }
    }
}
