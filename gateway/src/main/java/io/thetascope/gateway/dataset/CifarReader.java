package io.thetascope.gateway.dataset;

import java.io.IOException;
import java.util.List;

/** The binary version of CIFAR-10: files of 10,000 records, each a label and 3 x 32 x 32 pixels. */
final class CifarReader {
    private static final int IMAGES_PER_FILE = 10_000;
    private static final Split.ImageSize SIZE = new Split.ImageSize(3, 32, 32);

    private CifarReader() {}

    static Split read(List<SourceFile> files) throws IOException, MalformedDatasetException {
        int images = files.size() * IMAGES_PER_FILE;
        byte[] pixels = new byte[images * SIZE.bytes()];
        byte[] labels = new byte[images];
        int at = 0;
        for (SourceFile file : files) {
            for (int i = 0; i < IMAGES_PER_FILE; i++) {
                byte[] image = file.take(1 + SIZE.bytes());
                Labels.require(file.name(), i, image[0]);
                labels[at] = image[0];
                System.arraycopy(image, 1, pixels, at * SIZE.bytes(), SIZE.bytes());
                at++;
            }
            file.end();
        }
        return new Split(SIZE, pixels, labels);
    }
}
