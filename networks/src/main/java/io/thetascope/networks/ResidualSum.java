package io.thetascope.networks;

import java.util.List;

/**
 * The element-wise sum of two layers of equal shape: where a residual branch joins its stream.
 *
 * @param name unique in the network
 * @param branch the layer that ends the branch
 * @param stream the layer that is carried past it
 * @param inputShape of both
 */
public record ResidualSum(String name, String branch, String stream, Shape inputShape) implements Layer {

    @Override
    public List<String> inputs() {
        return List.of(branch, stream);
    }

    @Override
    public Shape outputShape() {
        return inputShape;
    }
}
