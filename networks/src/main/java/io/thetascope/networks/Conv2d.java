package io.thetascope.networks;

import java.util.ArrayList;
import java.util.List;

/**
 * Two-dimensional cross-correlation, as PyTorch's {@code Conv2d}, zero-padded, one group.
 *
 * @param name PyTorch's module name
 * @param input the layer it reads
 * @param inputShape {@code [C, H, W]}
 * @param filters output channels
 * @param window size, stride and padding of the kernel
 * @param biased whether it adds a bias
 */
public record Conv2d(String name, String input, Shape inputShape, int filters, Window window, boolean biased)
        implements Layer {

    /** Refuses an image that the kernel does not fit. */
    public Conv2d {
        window.over(inputShape, filters);
    }

    @Override
    public List<String> inputs() {
        return List.of(input);
    }

    @Override
    public Shape outputShape() {
        return window.over(inputShape, filters);
    }

    /** Inputs that one output sees: input channels × taps. */
    public int fanIn() {
        return inputShape.channels() * window.size() * window.size();
    }

    @Override
    public List<Parameter> parameters() {
        List<Parameter> parameters = new ArrayList<>();
        Shape kernel = Shape.of(filters, inputShape.channels(), window.size(), window.size());
        parameters.add(Parameter.of(name, ParameterKind.WEIGHT, kernel, fanIn()));
        if (biased) {
            parameters.add(Parameter.of(name, ParameterKind.BIAS, Shape.of(filters), fanIn()));
        }
        return List.copyOf(parameters);
    }

    @Override
    public long multiplyAdds() {
        return outputShape().size() * fanIn();
    }
}
