package io.thetascope.networks;

import java.util.List;

/**
 * The largest element under each position of a window; padding never wins (it counts as −∞), as in PyTorch.
 *
 * @param name unique in the network
 * @param input the layer it reads
 * @param inputShape {@code [C, H, W]}
 * @param window size, stride and padding; padding at most half the size
 */
public record MaxPool2d(String name, String input, Shape inputShape, Window window) implements Layer {

    /** Refuses an image that the window does not fit, and padding beyond half the window. */
    public MaxPool2d {
        if (window.padding() > window.size() / 2) {
            throw new IllegalArgumentException(
                    "padding of pool " + name + " must be at most half its window: " + window);
        }
        window.over(inputShape, inputShape.channels());
    }

    @Override
    public List<String> inputs() {
        return List.of(input);
    }

    @Override
    public Shape outputShape() {
        return window.over(inputShape, inputShape.channels());
    }
}
