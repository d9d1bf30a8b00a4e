package io.thetascope.gateway.network;

import io.thetascope.networks.Layer;
import io.thetascope.networks.NetworkDescription;
import io.thetascope.networks.Parameter;
import io.thetascope.networks.StateTensor;
import java.util.List;
import java.util.stream.Stream;

/**
 * One layer of a network.
 *
 * @param name as in PyTorch
 * @param kind what it computes, such as Conv2d
 * @param shape of its output for one image
 * @param parameters trainable values
 * @param geometryDead those that can never move at this input
 * @param flops of one image
 * @param tensors what a checkpoint holds of it
 */
public record LayerView(
        String name,
        String kind,
        List<Integer> shape,
        long parameters,
        long geometryDead,
        long flops,
        List<TensorView> tensors) {
    public LayerView {
        shape = List.copyOf(shape);
        tensors = List.copyOf(tensors);
    }

    /**
     * A tensor of a checkpoint.
     *
     * @param name as in PyTorch
     * @param shape row-major; empty for a scalar
     * @param trained whether it is a parameter; otherwise it is one of BatchNorm's running statistics
     */
    public record TensorView(String name, List<Integer> shape, boolean trained) {
        public TensorView {
            shape = List.copyOf(shape);
        }
    }

    static LayerView of(NetworkDescription network, Layer layer) {
        List<Parameter> parameters = layer.parameters();
        return new LayerView(
                layer.name(),
                layer.getClass().getSimpleName(),
                layer.outputShape().extents(),
                parameters.stream().mapToLong(Parameter::size).sum(),
                parameters.stream()
                        .mapToLong(p -> network.deadTaps(p).count(p.size()))
                        .sum(),
                2 * layer.multiplyAdds(),
                Stream.<StateTensor>concat(parameters.stream(), layer.buffers().stream())
                        .map(t -> new TensorView(t.name(), t.shape().extents(), t instanceof Parameter))
                        .toList());
    }
}
