package io.thetascope.gateway.dataset;

import java.io.IOException;
import java.nio.ByteBuffer;

/** The idx format of MNIST and its successors, strictly: magic, counts, image size, labels, nothing missing or left over. */
final class IdxReader {
    private static final int IMAGES = 0x00000803;
    private static final int LABELS = 0x00000801;
    private static final int MOST_IMAGES = 100_000;
    private static final Split.ImageSize SIZE = new Split.ImageSize(1, 28, 28);

    private IdxReader() {}

    static Split read(SourceFile imageFile, SourceFile labelFile) throws IOException, MalformedDatasetException {
        byte[] labels = labels(labelFile);
        byte[] pixels = images(imageFile, labels.length);
        return new Split(SIZE, pixels, labels);
    }

    private static byte[] images(SourceFile file, int labels) throws IOException, MalformedDatasetException {
        int count = header(file, IMAGES, "idx3 images");
        int height = integer(file);
        int width = integer(file);
        if (height != SIZE.height() || width != SIZE.width()) {
            throw new MalformedDatasetException(file.name(), "images are 28 x 28, these " + height + " x " + width);
        }
        if (count != labels) {
            throw new MalformedDatasetException(file.name(), count + " images, but " + labels + " labels");
        }
        byte[] pixels = file.take(count * SIZE.bytes());
        file.end();
        return pixels;
    }

    private static byte[] labels(SourceFile file) throws IOException, MalformedDatasetException {
        byte[] labels = file.take(header(file, LABELS, "idx1 labels"));
        file.end();
        for (int i = 0; i < labels.length; i++) {
            Labels.require(file.name(), i, labels[i]);
        }
        return labels;
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
