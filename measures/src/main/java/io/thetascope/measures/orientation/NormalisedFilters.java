package io.thetascope.measures.orientation;

import io.thetascope.networks.BatchNorm2d;
import io.thetascope.networks.Conv2d;
import io.thetascope.networks.NetworkDescription;
import io.thetascope.networks.Parameter;
import io.thetascope.networks.ParameterKind;
import java.util.ArrayList;
import java.util.List;

/**
 * A convolution that only a BatchNorm reads. With the statistics of a batch the scale of a filter has no effect (but for
 * BatchNorm's epsilon), nor has the sign of a filter together with that of its γ.
 *
 * @param filters the filters, and their bias where there is one; unit u is row u of each
 * @param gamma of the BatchNorm, one value a unit
 */
public record NormalisedFilters(List<Parameter> filters, Parameter gamma) {
    public NormalisedFilters {
        filters = List.copyOf(filters);
    }

    /** Finds all of them, in the order of the network. */
    public static List<NormalisedFilters> of(NetworkDescription network) {
        List<NormalisedFilters> found = new ArrayList<>();
        for (Conv2d conv : layers(network, Conv2d.class)) {
            layers(network, BatchNorm2d.class).stream()
                    .filter(norm -> norm.input().equals(conv.name()) && readers(network, conv.name()) == 1)
                    .forEach(norm -> found.add(new NormalisedFilters(conv.parameters(), gamma(norm))));
        }
        return found;
    }

    private static Parameter gamma(BatchNorm2d norm) {
        return norm.parameters().stream()
                .filter(parameter -> parameter.kind() == ParameterKind.NORM_WEIGHT)
                .findFirst()
                .orElseThrow();
    }

    private static <T> List<T> layers(NetworkDescription network, Class<T> kind) {
        return network.layers().stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    private static long readers(NetworkDescription network, String layer) {
        return network.layers().stream()
                .filter(reader -> reader.inputs().contains(layer))
                .count();
    }

    /** Returns how many filters there are. */
    public int units() {
        return gamma.shape().extent(0);
    }
}
