package io.thetascope.networks;

import java.util.List;

/**
 * An image as one row of units, channel by channel and row by row.
 *
 * @param name unique in the network
 * @param input the layer it reads
 * @param inputShape any
 */
public record Flatten(String name, String input, Shape inputShape) implements Layer {

    @Override
    public List<String> inputs() {
        return List.of(input);
    }

    @Override
    public Shape outputShape() {
        return Shape.of(Math.toIntExact(inputShape.size()));
    }
}
