package io.thetascope.networks;

/**
 * A tensor of a checkpoint that is not trained: BatchNorm's running statistics. Never counted as a parameter, never
 * perturbed.
 *
 * @param name PyTorch's name, such as {@code bn1.running_mean}
 * @param shape as PyTorch keeps it
 * @param type how its elements are stored
 * @param layer name of its layer
 * @param initial the value of every element before training
 */
public record Buffer(String name, Shape shape, ElementType type, String layer, int initial) implements StateTensor {

    /** How the elements of a buffer are stored. */
    public enum ElementType {
        /** IEEE 754 single precision. */
        F32(Float.BYTES),
        /** Signed 64-bit integer. */
        I64(Long.BYTES);

        private final int bytes;

        ElementType(int bytes) {
            this.bytes = bytes;
        }
    }

    @Override
    public int elementBytes() {
        return type.bytes;
    }
}
