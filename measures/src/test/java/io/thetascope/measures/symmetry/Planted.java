package io.thetascope.measures.symmetry;

import io.thetascope.networks.NetworkDescription;
import io.thetascope.networks.StateTensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** A checkpoint in memory, parameters and running statistics, and the same with other values. */
final class Planted {
    private final NetworkDescription network;
    private final Map<String, float[]> state = new HashMap<>();

    /** What a value becomes. */
    interface Change {
        float of(StateTensor tensor, int index, float value);
    }

    private Planted(NetworkDescription network) {
        this.network = network;
    }

    /** Random values, none 0; variances are positive. */
    static Planted random(NetworkDescription network, long seed) {
        Planted planted = new Planted(network);
        SplittableRandom random = new SplittableRandom(seed);
        for (StateTensor tensor : network.state()) {
            float[] values = new float[Math.toIntExact(tensor.size())];
            boolean positive = tensor.name().endsWith("running_var");
            for (int i = 0; i < values.length; i++) {
                double size = random.nextDouble(0.5, 1.5);
                values[i] = (float) (positive || random.nextBoolean() ? size : -size);
            }
            planted.state.put(tensor.name(), values);
        }
        return planted;
    }

    Planted changed(Change change) {
        Planted changed = new Planted(network);
        for (StateTensor tensor : network.state()) {
            float[] values = tensor(tensor.name()).clone();
            for (int i = 0; i < values.length; i++) {
                values[i] = change.of(tensor, i, values[i]);
            }
            changed.state.put(tensor.name(), values);
        }
        return changed;
    }

    /** Negates whole tensors. */
    Planted negated(String... names) {
        List<String> negated = List.of(names);
        return changed((tensor, i, value) -> negated.contains(tensor.name()) ? -value : value);
    }

    /** Negates filter, γ and running mean of some units. */
    Planted turned(String conv, String norm, List<Integer> units) {
        List<String> turned = List.of(conv + ".weight", norm + ".weight", norm + ".running_mean");
        return changed((tensor, i, value) -> {
            int unit = (int) (i / Math.max(1, tensor.size() / Math.max(1, units(tensor))));
            return turned.contains(tensor.name()) && units.contains(unit) ? -value : value;
        });
    }

    private static int units(StateTensor tensor) {
        return tensor.shape().rank() == 0 ? 1 : tensor.shape().extent(0);
    }

    float[] tensor(String name) {
        float[] values = state.get(name);
        if (values == null) {
            throw new IllegalArgumentException("no tensor " + name);
        }
        return values;
    }

    Checkpoint checkpoint() {
        return new Checkpoint(
                (parameter, from, into, count) ->
                        System.arraycopy(tensor(parameter.name()), Math.toIntExact(from), into, 0, count),
                buffer -> tensor(buffer.name()).clone());
    }
}
