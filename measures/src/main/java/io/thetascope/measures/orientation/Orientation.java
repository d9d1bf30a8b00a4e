package io.thetascope.measures.orientation;

import io.thetascope.measures.Weights;
import io.thetascope.networks.Parameter;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which units of one model are turned so that γ &gt; 0 before every BatchNorm: a filter whose γ is negative is negated, with its
 * bias and that γ. β and what reads the unit stay; γ = 0 stays. The function with the statistics of a batch is the same.
 */
public final class Orientation {
    private final Map<String, BitSet> turned = new HashMap<>();

    /**
     * Reads the γ of a model, nothing else.
     *
     * @param filters those of its network
     * @param weights its parameters
     */
    public Orientation(List<NormalisedFilters> filters, Weights weights) {
        for (NormalisedFilters of : filters) {
            BitSet units = negative(of, weights);
            if (!units.isEmpty()) {
                of.filters().forEach(filter -> turned.put(filter.name(), units));
                turned.put(of.gamma().name(), units);
            }
        }
    }

    private static BitSet negative(NormalisedFilters of, Weights weights) {
        float[] gamma = new float[of.units()];
        weights.read(of.gamma(), 0, gamma, gamma.length);
        BitSet negative = new BitSet(gamma.length);
        for (int unit = 0; unit < gamma.length; unit++) {
            negative.set(unit, gamma[unit] < 0);
        }
        return negative;
    }

    /** Returns the units of a convolution that are turned; the caller does not change them. */
    public BitSet of(NormalisedFilters filters) {
        return turned.getOrDefault(filters.gamma().name(), new BitSet());
    }

    /** Whether a value of this parameter is negated. */
    public boolean turns(Parameter parameter) {
        return turned.containsKey(parameter.name());
    }

    /**
     * Negates in place what belongs to units that are turned.
     *
     * @param parameter whose values
     * @param from index of the first of them in the parameter, row-major
     * @param values its values from there, from index 0
     * @param count how many
     */
    public void turn(Parameter parameter, long from, float[] values, int count) {
        BitSet units = turned.get(parameter.name());
        if (units == null) {
            return;
        }
        long row = parameter.size() / parameter.shape().extent(0);
        for (int i = 0; i < count; ) {
            int unit = (int) ((from + i) / row);
            int end = (int) Math.min(count, (unit + 1) * row - from);
            if (units.get(unit)) {
                negate(values, i, end);
            }
            i = end;
        }
    }

    private static void negate(float[] values, int from, int end) {
        for (int i = from; i < end; i++) {
            values[i] = -values[i];
        }
    }
}
