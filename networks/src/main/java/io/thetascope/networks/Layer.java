package io.thetascope.networks;

import java.util.List;

/**
 * One node of a network: what it computes, from which nodes, and at what shapes. Layers are named as PyTorch names the
 * module, so that the parameters' names follow; a layer that PyTorch keeps no module for gets a name of its own.
 */
public sealed interface Layer
        permits Conv2d, Linear, BatchNorm2d, Relu, MaxPool2d, AdaptiveAvgPool2d, Dropout, Flatten, ResidualSum {

    /** Unique in the network. */
    String name();

    /** Names of the layers whose outputs it reads, in order; {@link NetworkDescription#INPUT} for the images. */
    List<String> inputs();

    /** Shape of each of its inputs, without the batch. */
    Shape inputShape();

    /** Shape of its output, without the batch. */
    Shape outputShape();

    /** Trainable tensors in PyTorch's order. */
    default List<Parameter> parameters() {
        return List.of();
    }

    /** Tensors of the checkpoint that are not trained, in PyTorch's order; they follow the parameters. */
    default List<Buffer> buffers() {
        return List.of();
    }

    /**
     * Multiply-adds of one forward pass over one image, as they are usually counted: kernel and matrix products only;
     * biases, normalisation, activations and pooling count nothing.
     */
    default long multiplyAdds() {
        return 0;
    }
}
