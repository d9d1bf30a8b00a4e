package io.thetascope.gateway.network;

import io.thetascope.contracts.run.InputShape;
import io.thetascope.gateway.request.Problem;
import io.thetascope.gateway.request.RefusedRequestException;
import io.thetascope.networks.NetworkDescription;
import io.thetascope.networks.Networks;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A network at an input, as its description has it; nothing is measured.
 *
 * @param name as a study names it
 * @param input of one image
 * @param parameters trainable values
 * @param geometryDead those that can never move at this input, since they only meet padding
 * @param flops of one image through the network: two a multiply-add of convolutions and linear layers
 * @param checkpointBytes of all tensors of a checkpoint
 * @param layers in the order in which they are computed
 * @param symmetries what can be changed without a change of the outputs
 */
public record NetworkView(
        String name,
        String input,
        long parameters,
        long geometryDead,
        long flops,
        long checkpointBytes,
        List<LayerView> layers,
        List<Symmetry> symmetries) {
    private static final String GREY = "lenet";
    private static final int LARGEST_EXTENT = 1024;

    public NetworkView {
        layers = List.copyOf(layers);
        symmetries = List.copyOf(symmetries);
    }

    /**
     * Describes a network.
     *
     * @param name of one that there is
     * @param input such as 3x32x32; absent for what the study uses, which is one channel for LeNet
     * @throws RefusedRequestException when the network does not fit the input
     */
    public static NetworkView of(String name, @Nullable String input) {
        try {
            InputShape shape = InputShape.parse(input == null ? (name.equals(GREY) ? "1x32x32" : "3x32x32") : input);
            if (Math.max(shape.channels(), Math.max(shape.height(), shape.width())) > LARGEST_EXTENT) {
                throw new IllegalArgumentException("no extent may be above " + LARGEST_EXTENT);
            }
            return of(Networks.named(name, shape));
        } catch (IllegalArgumentException e) {
            throw RefusedRequestException.of(new Problem(
                    "input",
                    input,
                    "write channels x height x width that the network takes, such as 3x32x32: " + e.getMessage()));
        }
    }

    private static NetworkView of(NetworkDescription network) {
        return new NetworkView(
                network.name(),
                network.input().toString(),
                network.parameterCount(),
                network.geometryDeadCount(),
                network.flops(),
                network.checkpointBytes(),
                network.layers().stream().map(l -> LayerView.of(network, l)).toList(),
                Symmetry.of(network));
    }
}
