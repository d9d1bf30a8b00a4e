package io.thetascope.artifacts;

/**
 * The names in a canonical data-set file: images U8 [N, C, H, W] as they are stored, neither padded nor normalised, and labels
 * I64 [N], for training and for testing.
 */
public final class DatasetTensors {
    /** The set that is trained on. */
    public static final String TRAIN = "train";

    /** The set that is evaluated on. */
    public static final String TEST = "test";

    private DatasetTensors() {}

    /** Returns the name of a set's images. */
    public static String images(String set) {
        return set + ".images";
    }

    /** Returns the name of a set's labels. */
    public static String labels(String set) {
        return set + ".labels";
    }
}
