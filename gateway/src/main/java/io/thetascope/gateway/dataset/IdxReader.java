package io.thetascope.gateway.dataset;

import java.io.IOException;
import java.nio.ByteBuffer;

/** The idx format of MNIST and its successors, strictly: magic, counts, image size, labels, nothing missing or left over. */
final class IdxReader {
    private static final int IMAGES = 0x00000803;
    private static final int LABELS = 0x00000801;
    private static final int MOST_IMAGES = 100_000;
    private static final int AT_ONCE = 1_000;
    static final Split.ImageSize SIZE = new Split.ImageSize(1, 28, 28);

    private IdxReader() {}

    /** Reads the images of a set. */
    static void images(SourceFile file, Split into) throws IOException, MalformedDatasetException {
        int count = header(file, IMAGES, "idx3 images");
        int height = integer(file);
        int width = integer(file);
        if (height != SIZE.height() || width != SIZE.width()) {
            throw new MalformedDatasetException(file.name(), "images are 28 x 28, these " + height + " x " + width);
        }
        for (int first = 0; first < count; first += AT_ONCE) {
            into.putPixels(first, file.take(Math.min(AT_ONCE, count - first) * SIZE.bytes()));
        }
        file.end();
    }

    /** Reads the labels of a set. */
    static void labels(SourceFile file, Split into) throws IOException, MalformedDatasetException {
        byte[] labels = file.take(header(file, LABELS, "idx1 labels"));
        file.end();
        for (int i = 0; i < labels.length; i++) {
            Labels.require(file.name(), i, labels[i]);
        }
        into.putLabels(0, labels);
    }

    private static int header(SourceFile file, int magic, String format) throws IOException, MalformedDatasetException {
        int found = integer(file);
        if (found != magic) {
            throw new MalformedDatasetException(
                    file.name(), String.format("magic of %s is %08x, this is %08x", format, magic, found));
        }
        int count = integer(file);
        if (count < 1 || count > MOST_IMAGES) {
            throw new MalformedDatasetException(
                    file.name(), "holds 1 to " + MOST_IMAGES + " items, its header says " + count);
        }
        return count;
    }

    private static int integer(SourceFile file) throws IOException, MalformedDatasetException {
        return ByteBuffer.wrap(file.take(Integer.BYTES)).getInt();
    }
}
