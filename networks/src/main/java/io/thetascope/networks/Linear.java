package io.thetascope.networks;

import java.util.List;

/**
 * A matrix product with a bias, as PyTorch's {@code Linear}: {@code y = W x + b} with W {@code [units, inputs]}.
 *
 * @param name PyTorch's module name
 * @param input the layer it reads
 * @param inputShape flat
 * @param units outputs
 */
public record Linear(String name, String input, Shape inputShape, int units) implements Layer {

    /** Refuses an input that is not flat. */
    public Linear {
        Shape.of(inputShape.units(), units);
    }

    @Override
    public List<String> inputs() {
        return List.of(input);
    }

    @Override
    public Shape outputShape() {
        return Shape.of(units);
    }

    @Override
    public List<Parameter> parameters() {
        int fanIn = inputShape.units();
        return List.of(
                Parameter.of(name, ParameterKind.WEIGHT, Shape.of(units, fanIn), fanIn),
                Parameter.of(name, ParameterKind.BIAS, Shape.of(units), fanIn));
    }

    @Override
    public long multiplyAdds() {
        return (long) units * inputShape.units();
    }
}
