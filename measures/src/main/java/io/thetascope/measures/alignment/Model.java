package io.thetascope.measures.alignment;

import io.thetascope.measures.CompensatedSum;
import io.thetascope.measures.NotMeasurableException;
import io.thetascope.measures.Weights;
import io.thetascope.measures.orientation.NormalisedFilters;
import io.thetascope.measures.orientation.Orientation;
import io.thetascope.networks.DeadTaps;
import io.thetascope.networks.NetworkDescription;
import io.thetascope.networks.Parameter;
import io.thetascope.networks.UnitAxis;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The parameters of one side in memory, to be rescaled and turned in place. Geometry-dead elements are 0. */
final class Model {
    private final Map<String, float[]> tensors = new HashMap<>();

    private Model() {}

    /**
     * Reads all parameters.
     *
     * @throws NotMeasurableException when a live value is not finite
     */
    static Model read(NetworkDescription network, Weights weights) {
        Model model = new Model();
        for (Parameter parameter : network.parameters()) {
            float[] values = new float[Math.toIntExact(parameter.size())];
            weights.read(parameter, 0, values, values.length);
            drop(network.deadTaps(parameter), values);
            requireFinite(parameter, values);
            model.tensors.put(parameter.name(), values);
        }
        return model;
    }

    private static void drop(DeadTaps taps, float[] values) {
        for (int dead : taps.dead()) {
            for (int i = dead; i < values.length; i += taps.taps()) {
                values[i] = 0;
            }
        }
    }

    private static void requireFinite(Parameter parameter, float[] values) {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                throw new NotMeasurableException(parameter.name()
                        + " holds a value that is not finite; a diverged model cannot be aligned, leave its checkpoint"
                        + " out");
            }
        }
    }

    /** Returns the values of a tensor, row-major; the model's own. */
    float[] tensor(String name) {
        float[] values = tensors.get(name);
        if (values == null) {
            throw new IllegalArgumentException("the network has no parameter " + name);
        }
        return values;
    }

    /** Negates every filter whose γ is negative, and that γ; β stays. Returns which those were. */
    Orientation turn(NetworkDescription network, List<NormalisedFilters> filters) {
        Orientation orientation = new Orientation(
                filters,
                (parameter, from, into, count) ->
                        System.arraycopy(tensor(parameter.name()), Math.toIntExact(from), into, 0, count));
        for (Parameter parameter : network.parameters()) {
            float[] values = tensor(parameter.name());
            orientation.turn(parameter, 0, values, values.length);
        }
        return orientation;
    }

    /** Multiplies what a unit owns along an axis, rounding once. */
    void scale(UnitAxis axis, int unit, double factor) {
        float[] values = tensor(axis.tensor().name());
        int run = run(axis);
        int stride = run * axis.units();
        for (int from = unit * run; from < values.length; from += stride) {
            for (int i = from; i < from + run; i++) {
                values[i] = (float) (values[i] * factor);
            }
        }
    }

    /** Adds the squares of what a unit owns along an axis; compensated, so that their order does not matter. */
    void addSquares(UnitAxis axis, int unit, CompensatedSum squares) {
        float[] values = tensor(axis.tensor().name());
        int run = run(axis);
        int stride = run * axis.units();
        for (int from = unit * run; from < values.length; from += stride) {
            for (int i = from; i < from + run; i++) {
                squares.add((double) values[i] * values[i]);
            }
        }
    }

    /** Successive values that one unit owns. */
    private static int run(UnitAxis axis) {
        long outer = axis.dimension() == 0 ? 1 : axis.tensor().shape().extent(0);
        return Math.toIntExact(axis.tensor().size() / outer / axis.units());
    }
}
