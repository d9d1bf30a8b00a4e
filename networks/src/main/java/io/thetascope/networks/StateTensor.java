package io.thetascope.networks;

/** One entry of a checkpoint: a trainable {@link Parameter} or a {@link Buffer}, under PyTorch's name. */
public sealed interface StateTensor permits Parameter, Buffer {

    /** The name in PyTorch's state_dict, such as {@code conv1.weight}. */
    String name();

    /** The shape as PyTorch keeps it. */
    Shape shape();

    /** Name of the layer it belongs to. */
    String layer();

    /** Bytes of one element in a checkpoint. */
    int elementBytes();

    /** Number of elements. */
    default long size() {
        return shape().size();
    }

    /** Bytes in a checkpoint. */
    default long bytes() {
        return Math.multiplyExact(size(), elementBytes());
    }
}
