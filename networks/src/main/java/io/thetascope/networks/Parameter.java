package io.thetascope.networks;

/**
 * A trainable float tensor of a network.
 *
 * @param name PyTorch's name, such as {@code conv1.weight}
 * @param shape as PyTorch keeps it: convolution {@code [out, in, k, k]}, linear {@code [out, in]}
 * @param kind what it does in its layer
 * @param layer name of its layer
 * @param fanIn inputs that one output of the layer sees; 1 for BatchNorm
 */
public record Parameter(String name, Shape shape, ParameterKind kind, String layer, int fanIn) implements StateTensor {

    /** Refuses a fan-in below 1. */
    public Parameter {
        if (fanIn < 1) {
            throw new IllegalArgumentException("fan-in of " + name + " must be >= 1: " + fanIn);
        }
    }

    static Parameter of(String layer, ParameterKind kind, Shape shape, int fanIn) {
        return new Parameter(layer + "." + kind.suffix(), shape, kind, layer, fanIn);
    }

    @Override
    public int elementBytes() {
        return Float.BYTES;
    }
}
