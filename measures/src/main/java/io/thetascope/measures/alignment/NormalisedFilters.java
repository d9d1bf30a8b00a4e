package io.thetascope.measures.alignment;

import io.thetascope.measures.CompensatedSum;
import io.thetascope.networks.BatchNorm2d;
import io.thetascope.networks.Conv2d;
import io.thetascope.networks.NetworkDescription;
import io.thetascope.networks.Parameter;
import io.thetascope.networks.ParameterKind;
import io.thetascope.networks.UnitAxis;
import java.util.ArrayList;
import java.util.List;

/**
 * A convolution that only a BatchNorm reads. With the statistics of a batch the scale of a filter has no effect (but for
 * BatchNorm's epsilon), nor has the sign of a filter together with that of its γ.
 *
 * @param filters the filters, and their bias where there is one
 * @param gamma of the BatchNorm
 */
public record NormalisedFilters(List<UnitAxis> filters, UnitAxis gamma) {
    public NormalisedFilters {
        filters = List.copyOf(filters);
    }

    /** Finds all of them, in the order of the network. */
    public static List<NormalisedFilters> of(NetworkDescription network) {
        List<NormalisedFilters> found = new ArrayList<>();
        for (Conv2d conv : layers(network, Conv2d.class)) {
            layers(network, BatchNorm2d.class).stream()
                    .filter(norm -> norm.input().equals(conv.name()) && readers(network, conv.name()) == 1)
                    .forEach(norm -> found.add(of(conv, norm)));
        }
        return found;
    }

    private static NormalisedFilters of(Conv2d conv, BatchNorm2d norm) {
        Parameter gamma = norm.parameters().stream()
                .filter(parameter -> parameter.kind() == ParameterKind.NORM_WEIGHT)
                .findFirst()
                .orElseThrow();
        return new NormalisedFilters(
                conv.parameters().stream()
                        .map(parameter -> new UnitAxis(parameter, 0, 1))
                        .toList(),
                new UnitAxis(gamma, 0, 1));
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

    /** Brings every filter to a norm of 1; one of norm 0 stays. */
    void normalise(Model model) {
        for (int unit = 0; unit < gamma.units(); unit++) {
            CompensatedSum squares = new CompensatedSum();
            model.addSquares(filters.get(0), unit, squares);
            if (squares.value() > 0) {
                scale(model, unit, 1 / squares.root());
            }
        }
    }

    /** Returns for every unit whether its γ is negative. */
    boolean[] negative(Model model) {
        float[] values = model.tensor(gamma.tensor().name());
        boolean[] negative = new boolean[values.length];
        for (int unit = 0; unit < values.length; unit++) {
            negative[unit] = values[unit] < 0;
        }
        return negative;
    }

    /** Negates every filter whose γ is negative, and that γ; β stays. */
    void turn(Model model) {
        boolean[] negative = negative(model);
        for (int unit = 0; unit < negative.length; unit++) {
            if (negative[unit]) {
                scale(model, unit, -1);
                model.scale(gamma, unit, -1);
            }
        }
    }

    private void scale(Model model, int unit, double factor) {
        filters.forEach(axis -> model.scale(axis, unit, factor));
    }
}
