package io.thetascope.gateway.dataset;

import java.io.IOException;

/** The binary version of CIFAR-10: files of 10,000 records, each a label and 3 x 32 x 32 pixels. */
final class CifarReader {
    static final Split.ImageSize SIZE = new Split.ImageSize(3, 32, 32);
    private static final int IMAGES_PER_FILE = 10_000;
    /** Exact length of a file. */
    static final long FILE_BYTES = (long) IMAGES_PER_FILE * (1 + SIZE.bytes());

    private static final int AT_ONCE = 250;

    private CifarReader() {}

    /**
     * Reads a file into its place in a set.
     *
     * @param number of the file within the set, from 0
     */
    static void read(int number, SourceFile file, Split into) throws IOException, MalformedDatasetException {
        for (int first = 0; first < IMAGES_PER_FILE; first += AT_ONCE) {
            byte[] labels = new byte[AT_ONCE];
            byte[] pixels = new byte[AT_ONCE * SIZE.bytes()];
            for (int i = 0; i < AT_ONCE; i++) {
                byte[] image = file.take(1 + SIZE.bytes());
                Labels.require(file.name(), first + i, image[0]);
                labels[i] = image[0];
                System.arraycopy(image, 1, pixels, i * SIZE.bytes(), SIZE.bytes());
            }
            into.putLabels(number * IMAGES_PER_FILE + first, labels);
            into.putPixels(number * IMAGES_PER_FILE + first, pixels);
        }
        file.end();
    }
}
