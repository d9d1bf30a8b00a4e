package io.thetascope.gateway.dataset;

/** Images and their labels, in the order of the files: the training or the test set. The arrays are handed over, not copied. */
final class Split {
    static final int CLASSES = 10;

    private final ImageSize size;
    private final byte[] pixels; // N·C·H·W, unsigned
    private final byte[] labels;

    Split(ImageSize size, byte[] pixels, byte[] labels) {
        if (pixels.length != (long) labels.length * size.bytes()) {
            throw new IllegalArgumentException(
                    "pixels of " + labels.length + " images of " + size + " expected: " + pixels.length);
        }
        this.size = size;
        this.pixels = pixels;
        this.labels = labels;
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

    int count() {
        return labels.length;
    }

    byte[] pixels() {
        return pixels;
    }

    long[] longLabels() {
        long[] wide = new long[labels.length];
        for (int i = 0; i < labels.length; i++) {
            wide[i] = labels[i];
        }
        return wide;
    }
}
