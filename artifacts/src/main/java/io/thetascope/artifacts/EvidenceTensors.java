package io.thetascope.artifacts;

/**
 * The names in an evidence file: for each parameter, in checkpoint order, two tensors U8 [⌈n/8⌉] with one bit an element. The
 * bit of element i, counted in PyTorch's order, is bit i mod 8 of byte ⌊i/8⌋, the lowest bit first; bits past the last
 * element are 0.
 */
public final class EvidenceTensors {
    private static final String GRADIENT_SEEN = ".gradient_seen";
    private static final String VALUE_CHANGED = ".value_changed";

    private EvidenceTensors() {}

    /** Returns the tensor that says whether the gradient of an update, decay included, was ever not 0. */
    public static String gradientSeen(String parameter) {
        return parameter + GRADIENT_SEEN;
    }

    /** Returns the tensor that says whether an update ever changed the value. */
    public static String valueChanged(String parameter) {
        return parameter + VALUE_CHANGED;
    }

    /** Returns how many bytes hold the bits of so many elements. */
    public static long bytes(long elements) {
        return (elements + Byte.SIZE - 1) / Byte.SIZE;
    }
}
