package io.thetascope.networks;

import java.util.List;

/**
 * Averages to a fixed output size whatever the image, as PyTorch's {@code AdaptiveAvgPool2d}: output pixel i of n
 * covers input pixels ⌊i·H/n⌋ to ⌈(i+1)·H/n⌉ − 1. A smaller image is spread out, not refused.
 *
 * @param name unique in the network
 * @param input the layer it reads
 * @param inputShape {@code [C, H, W]}
 * @param height of the output
 * @param width of the output
 */
public record AdaptiveAvgPool2d(String name, String input, Shape inputShape, int height, int width) implements Layer {

    /** Refuses an empty output and an input that is no image. */
    public AdaptiveAvgPool2d {
        Shape.of(inputShape.channels(), height, width);
    }

    @Override
    public List<String> inputs() {
        return List.of(input);
    }

    @Override
    public Shape outputShape() {
        return Shape.of(inputShape.channels(), height, width);
    }
}
