package io.thetascope.networks;

import io.thetascope.contracts.run.InputShape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes a description layer by layer, inferring shapes. A layer reads the one written before it unless {@link #from}
 * says otherwise. One use, one thread.
 */
public final class NetworkBuilder {

    private final String name;
    private final InputShape input;
    private final List<Layer> layers = new ArrayList<>();
    private final Map<String, Shape> shapes = new HashMap<>();
    private String last = NetworkDescription.INPUT;

    /** Starts a network of that name at its images. */
    public NetworkBuilder(String name, InputShape input) {
        this.name = name;
        this.input = input;
        shapes.put(last, NetworkDescription.shapeOf(input));
    }

    /** The next layer reads this one: where a branch leaves the stream. */
    public NetworkBuilder from(String layer) {
        shapeOf(layer);
        last = layer;
        return this;
    }

    /** Name of the layer that the next one would read. */
    public String last() {
        return last;
    }

    /** Shape of what the next layer would read. */
    public Shape shape() {
        return shapeOf(last);
    }

    /** Adds a convolution with a bias. */
    public NetworkBuilder conv(String layer, int filters, Window window) {
        return add(new Conv2d(layer, last, shape(), filters, window, true));
    }

    /** Adds a convolution without a bias: one that a BatchNorm follows. */
    public NetworkBuilder unbiasedConv(String layer, int filters, Window window) {
        return add(new Conv2d(layer, last, shape(), filters, window, false));
    }

    /** Adds a batch normalisation with PyTorch's defaults. */
    public NetworkBuilder batchNorm(String layer) {
        return add(new BatchNorm2d(layer, last, shape(), BatchNorm2d.DEFAULT_EPSILON, BatchNorm2d.DEFAULT_MOMENTUM));
    }

    /** Adds a ReLU. */
    public NetworkBuilder relu(String layer) {
        return add(new Relu(layer, last, shape()));
    }

    /** Adds a maximum pooling. */
    public NetworkBuilder maxPool(String layer, Window window) {
        return add(new MaxPool2d(layer, last, shape(), window));
    }

    /** Adds an adaptive average pooling to a square of this side. */
    public NetworkBuilder adaptiveAvgPool(String layer, int side) {
        return add(new AdaptiveAvgPool2d(layer, last, shape(), side, side));
    }

    /** Adds a flattening. */
    public NetworkBuilder flatten(String layer) {
        return add(new Flatten(layer, last, shape()));
    }

    /** Adds a linear layer. */
    public NetworkBuilder linear(String layer, int units) {
        return add(new Linear(layer, last, shape(), units));
    }

    /** Adds a dropout. */
    public NetworkBuilder dropout(String layer, double probability) {
        return add(new Dropout(layer, last, shape(), probability));
    }

    /** Adds the sum of two layers; they must agree in shape. */
    public NetworkBuilder sum(String layer, String branch, String stream) {
        if (!shapeOf(branch).equals(shapeOf(stream))) {
            throw new IllegalArgumentException(name + ": " + layer + " cannot add " + branch + " " + shapeOf(branch)
                    + " and " + stream + " " + shapeOf(stream));
        }
        return add(new ResidualSum(layer, branch, stream, shapeOf(branch)));
    }

    /** The finished description. */
    public NetworkDescription build() {
        return new NetworkDescription(name, input, layers);
    }

    private NetworkBuilder add(Layer layer) {
        layers.add(layer);
        shapes.put(layer.name(), layer.outputShape());
        last = layer.name();
        return this;
    }

    private Shape shapeOf(String layer) {
        Shape shape = shapes.get(layer);
        if (shape == null) {
            throw new IllegalArgumentException(name + ": there is no layer " + layer + " yet");
        }
        return shape;
    }
}
