package io.thetascope.networks;

import java.util.List;

/**
 * The larger of 0 and each element.
 *
 * @param name unique in the network
 * @param input the layer it reads
 * @param inputShape any
 */
public record Relu(String name, String input, Shape inputShape) implements Layer {

    @Override
    public List<String> inputs() {
        return List.of(input);
    }

    @Override
    public Shape outputShape() {
        return inputShape;
    }
}
