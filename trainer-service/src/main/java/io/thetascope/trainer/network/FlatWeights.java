package io.thetascope.trainer.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.thetascope.networks.Parameter;
import java.util.ArrayList;
import java.util.List;

/**
 * The trainable parameters of a network as one flat tensor on the device; each parameter is a view of its stretch.
 *
 * <p>Owns its native memory; the caller closes it.
 */
public final class FlatWeights implements AutoCloseable {
    private final NDManager owner;
    private final List<Parameter> parameters;
    private final NDArray flatP;
    private final List<NDArray> views = new ArrayList<>();

    /** Allocates the parameters, all 0. */
    public FlatWeights(NDManager parent, List<Parameter> parameters, DataType type) {
        this.owner = parent.newSubManager();
        this.parameters = List.copyOf(parameters);
        this.flatP = owner.zeros(new Shape(offsetOf(parameters.size())), type);
        long offset = 0;
        for (Parameter parameter : parameters) {
            try (NDArray stretch = Torch.range(flatP, offset, offset + parameter.size())) {
                views.add(stretch.reshape(shapeOf(parameter)));
            }
            offset += parameter.size();
        }
    }

    private static Shape shapeOf(Parameter parameter) {
        return new Shape(parameter.shape().extents().stream()
                .mapToLong(Integer::longValue)
                .toArray());
    }

    /** Returns the parameters in checkpoint order. */
    public List<Parameter> parameters() {
        return parameters;
    }

    /** Returns all parameters as one tensor [P], to be updated in place. */
    public NDArray flat() {
        return flatP;
    }

    /** Returns each parameter in its shape, sharing memory with {@link #flat}. */
    public List<NDArray> views() {
        return List.copyOf(views);
    }

    /** Returns each parameter as the start of a graph of gradients that lives as long as the scope. */
    public List<NDArray> leaves(NDManager scope) {
        List<NDArray> leaves = new ArrayList<>(views.size());
        for (NDArray view : views) {
            leaves.add(Torch.leaf(view, scope));
        }
        return leaves;
    }

    /** Overwrites elements of a parameter, starting at one of them. */
    public void write(int parameter, long from, float[] values) {
        Torch.put(flatP, offsetOf(parameter) + from, values);
    }

    /** Returns elements of a parameter, copied from the device. */
    public float[] read(int parameter, long from, int count) {
        return Torch.floats(flatP, offsetOf(parameter) + from, count);
    }

    private long offsetOf(int parameter) {
        return parameters.subList(0, parameter).stream()
                .mapToLong(Parameter::size)
                .sum();
    }

    @Override
    public void close() {
        owner.close();
    }
}
