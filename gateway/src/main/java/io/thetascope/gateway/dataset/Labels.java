package io.thetascope.gateway.dataset;

/** The labels of all data sets of the study: 0 to 9. */
final class Labels {
    private Labels() {}

    static void require(String file, int image, byte label) throws MalformedDatasetException {
        if (label < 0 || label >= Split.CLASSES) {
            throw new MalformedDatasetException(
                    file, "labels are 0 to 9, that of image " + image + " is " + Byte.toUnsignedInt(label));
        }
    }
}
