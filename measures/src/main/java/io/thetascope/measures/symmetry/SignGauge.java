package io.thetascope.measures.symmetry;

import io.thetascope.measures.Weights;
import io.thetascope.measures.WeightsWalk;
import io.thetascope.measures.orientation.NormalisedFilters;
import io.thetascope.networks.BatchNorm2d;
import io.thetascope.networks.Buffer;
import io.thetascope.networks.Layer;
import io.thetascope.networks.NetworkDescription;
import io.thetascope.networks.Parameter;
import io.thetascope.networks.StateTensor;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Which signs of a perturbed model mean nothing. A unit before a BatchNorm gives the same when its filter, its γ and its running
 * mean are negated together, whatever β; so a unit that is nearer to the negative of the original is turned. A last layer that is
 * the exact negative of the original is turned as well: that negates the logits.
 */
public final class SignGauge {
    /** Tensor → which of its units are negated; tensors without such units are not in it. */
    private final Map<String, Turned> turned = new HashMap<>();

    /** BatchNorm → its turned units. */
    private final Map<String, BitSet> turnedByNorm = new HashMap<>();

    private final boolean headNegated;

    private record Turned(BitSet units, long perUnit) {}

    private SignGauge(boolean headNegated) {
        this.headNegated = headNegated;
    }

    /**
     * Finds what is to be turned in the perturbed model. Geometry-dead elements have no say: a perturbation may have left them
     * where they are.
     *
     * @param network of both
     * @param original θ1
     * @param perturbed θp
     */
    public static SignGauge between(NetworkDescription network, Weights original, Weights perturbed) {
        WeightsWalk walk = new WeightsWalk(List.of(original, perturbed));
        SignGauge gauge = new SignGauge(isNegated(network.head(), walk));
        if (gauge.headNegated) {
            network.head().parameters().forEach(parameter -> gauge.turn(parameter, all(parameter)));
        }
        for (NormalisedFilters filters : NormalisedFilters.of(network)) {
            List<Parameter> parameters = parameters(filters);
            BitSet units = opposed(network, parameters, walk);
            String norm = parameters.get(parameters.size() - 1).layer();
            parameters.forEach(parameter -> gauge.turn(parameter, units));
            network.layer(norm).ifPresent(layer -> gauge.turn(runningMean(layer), units));
            gauge.turnedByNorm.put(norm, units);
        }
        return gauge;
    }

    private static boolean isNegated(Layer head, WeightsWalk walk) {
        boolean[] opposite = {true};
        boolean[] same = {true};
        for (Parameter parameter : head.parameters()) {
            walk.over(parameter, (values, count) -> {
                for (int i = 0; i < count; i++) {
                    opposite[0] &= values.get(1)[i] == -values.get(0)[i];
                    same[0] &= values.get(1)[i] == values.get(0)[i];
                }
            });
        }
        return opposite[0] && !same[0]; // zeros are their own negatives
    }

    private static BitSet all(Parameter parameter) {
        BitSet units = new BitSet();
        units.set(0, parameter.shape().extent(0));
        return units;
    }

    /** Returns what a turn negates: filters, their bias where there is one, and γ. */
    private static List<Parameter> parameters(NormalisedFilters filters) {
        return Stream.concat(filters.filters().stream(), Stream.of(filters.gamma()))
                .toList();
    }

    /** Returns the units whose live weights and γ have a negative inner product with the original's. */
    private static BitSet opposed(NetworkDescription network, List<Parameter> parameters, WeightsWalk walk) {
        double[] products = new double[parameters.get(0).shape().extent(0)];
        for (Parameter parameter : parameters) {
            LiveElements live = new LiveElements(network.deadTaps(parameter));
            long perUnit = parameter.size() / products.length;
            long[] at = {0};
            walk.over(parameter, (values, count) -> {
                for (int i = 0; i < count; i++, at[0]++) {
                    if (live.contains(at[0])) {
                        products[(int) (at[0] / perUnit)] += (double) values.get(0)[i] * values.get(1)[i];
                    }
                }
            });
        }
        BitSet opposed = new BitSet();
        for (int unit = 0; unit < products.length; unit++) {
            opposed.set(unit, products[unit] < 0);
        }
        return opposed;
    }

    private static Buffer runningMean(Layer norm) {
        return ((BatchNorm2d) norm).buffers().get(0);
    }

    private void turn(StateTensor tensor, BitSet units) {
        if (!units.isEmpty()) {
            turned.put(
                    tensor.name(),
                    new Turned(units, tensor.size() / tensor.shape().extent(0)));
        }
    }

    /** Whether the last layer is turned, so that the logits of the turned model are the negatives of the perturbed one's. */
    public boolean negatesLogits() {
        return headNegated;
    }

    /** Returns how many units before a BatchNorm are turned. */
    public int turnedUnits() {
        return turnedByNorm.values().stream().mapToInt(BitSet::cardinality).sum();
    }

    /** Whether any value of this parameter or buffer is turned. */
    public boolean turns(String tensor) {
        return turned.containsKey(tensor);
    }

    /** Whether a unit before this BatchNorm is turned. */
    boolean turns(String norm, int unit) {
        BitSet units = turnedByNorm.get(norm);
        return units != null && units.get(unit);
    }

    /**
     * Turns values of a tensor of the perturbed model in place.
     *
     * @param tensor its name: a parameter or a buffer
     * @param from index of the first value in the tensor, row-major
     * @param values from index 0
     * @param count how many
     */
    public void apply(String tensor, long from, float[] values, int count) {
        Turned opposite = turned.get(tensor);
        if (opposite == null) {
            return;
        }
        for (int i = 0; i < count; i++) {
            if (opposite.units.get((int) ((from + i) / opposite.perUnit))) {
                values[i] = -values[i];
            }
        }
    }

    /** Returns the perturbed model turned. */
    Weights turned(Weights perturbed) {
        return (parameter, from, into, count) -> {
            perturbed.read(parameter, from, into, count);
            apply(parameter.name(), from, into, count);
        };
    }

    /** Returns the running statistics of the perturbed model turned. */
    NormBuffers turned(NormBuffers perturbed) {
        return buffer -> {
            float[] values = perturbed.read(buffer);
            apply(buffer.name(), 0, values, values.length);
            return values;
        };
    }
}
