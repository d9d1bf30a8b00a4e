package io.thetascope.gateway.dataset;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * The training or the test set while it is read: labels in memory, pixels in a file of their own, so that memory does
 * not grow with the data set. Parts may come in any order. Caller closes it, which removes the file.
 */
final class Split implements AutoCloseable {
    static final int CLASSES = 10;

    private final ImageSize size;
    private final Path file;
    private final FileChannel pixels; // N·C·H·W, unsigned
    private byte[] labels = new byte[0];
    private int images;

    private Split(ImageSize size, Path file) throws IOException {
        this.size = size;
        this.file = file;
        this.pixels = FileChannel.open(file, StandardOpenOption.WRITE);
    }

    static Split in(Path folder, ImageSize size) throws IOException {
        return new Split(size, Files.createTempFile(folder, "pixels.", ".partial"));
    }

    /** One image: channels, height, width. */
    record ImageSize(int channels, int height, int width) {
        int bytes() {
            return channels * height * width;
        }
    }

    ImageSize size() {
        return size;
    }

    /** Puts whole images at a place in the set. */
    void putPixels(int firstImage, byte[] bytes) throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        long start = (long) firstImage * size.bytes();
        while (rest.hasRemaining()) {
            pixels.write(rest, start + rest.position());
        }
        images = Math.max(images, firstImage + bytes.length / size.bytes());
    }

    /** Puts the labels of images at a place in the set. */
    void putLabels(int firstImage, byte[] values) {
        labels = Arrays.copyOf(labels, Math.max(labels.length, firstImage + values.length));
        System.arraycopy(values, 0, labels, firstImage, values.length);
    }

    int images() {
        return images;
    }

    int count() {
        return labels.length;
    }

    long[] longLabels() {
        long[] wide = new long[labels.length];
        for (int i = 0; i < labels.length; i++) {
            wide[i] = labels[i];
        }
        return wide;
    }

    /** Opens the pixels, all of them in order. Caller closes the result. */
    InputStream openPixels() throws IOException {
        return Files.newInputStream(file);
    }

    @Override
    public void close() throws IOException {
        pixels.close();
        Files.deleteIfExists(file);
    }
}
