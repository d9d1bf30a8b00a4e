package io.thetascope.gateway.network;

import io.thetascope.networks.BatchNorm2d;
import io.thetascope.networks.NetworkDescription;
import io.thetascope.networks.Relu;
import java.util.ArrayList;
import java.util.List;

/**
 * A change of the parameters that the network's function does not notice, whatever the values are.
 *
 * @param kind a name for it
 * @param says what is changed, and what stays
 */
public record Symmetry(String kind, String says) {

    /** Those that the description implies; permutations of units are not listed. */
    static List<Symmetry> of(NetworkDescription network) {
        boolean normalised = network.layers().stream().anyMatch(BatchNorm2d.class::isInstance);
        boolean rectified = network.layers().stream().anyMatch(Relu.class::isInstance);
        List<Symmetry> implied = new ArrayList<>();
        if (normalised) {
            implied.add(new Symmetry(
                    "batch-norm-sign",
                    "negating the weights of a convolution before a BatchNorm together with that BatchNorm's weight and"
                            + " running mean changes no output"));
        } else if (rectified) {
            implied.add(new Symmetry(
                    "relu-rescaling",
                    "multiplying the weights and the bias of a hidden unit by c > 0 and dividing the next layer's weights"
                            + " for it by c changes no output"));
        }
        return implied;
    }
}
