package io.thetascope.networks;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Derives the groups of hidden units from a description, layer by layer. A kernel or matrix makes new units; what has no
 * weights, and a BatchNorm, carries those of what it reads; a residual sum makes one group of branch and stream.
 */
final class UnitGroups {

    /** The images and the logits, whose order means something. */
    private static final int FIXED = 0;

    private final NetworkDescription network;

    /** Layer → the units of its output. */
    private final Map<String, Carried> carried = new HashMap<>();

    /** Number of some units → a smaller number of units that share their permutation, or itself. */
    private final List<Integer> parents = new ArrayList<>(List.of(FIXED));

    private final List<String> names = new ArrayList<>(List.of(NetworkDescription.INPUT));
    private final List<Placed> placed = new ArrayList<>();

    /** Units with this number, each spread over a block of successive indices. */
    private record Carried(int units, int block) {}

    private record Placed(int units, UnitAxis axis) {}

    private UnitGroups(NetworkDescription network) {
        this.network = network;
        carried.put(NetworkDescription.INPUT, new Carried(FIXED, 1));
    }

    static List<UnitGroup> of(NetworkDescription network) {
        UnitGroups groups = new UnitGroups(network);
        network.layers().forEach(layer -> groups.carried.put(layer.name(), groups.output(layer)));
        return groups.collect();
    }

    private Carried output(Layer layer) {
        Carried read = carriedBy(layer.inputs().get(0));
        if (layer instanceof Conv2d || layer instanceof Linear) {
            return created(layer, read);
        }
        if (layer instanceof BatchNorm2d) {
            layer.parameters().forEach(parameter -> place(read.units, parameter, 0, read.block));
            layer.buffers().stream()
                    .filter(buffer -> buffer.shape().rank() > 0)
                    .forEach(buffer -> place(read.units, buffer, 0, read.block));
        }
        if (layer instanceof ResidualSum sum) {
            join(read, carriedBy(sum.stream()));
        }
        return layer instanceof Flatten ? flattened(layer, read) : read;
    }

    private Carried created(Layer layer, Carried read) {
        int units = FIXED;
        if (!layer.equals(network.head())) {
            units = parents.size();
            parents.add(units);
            names.add(layer.name());
        }
        for (Parameter parameter : layer.parameters()) {
            place(units, parameter, 0, 1);
            if (parameter.kind() == ParameterKind.WEIGHT) {
                place(read.units, parameter, 1, read.block);
            }
        }
        return new Carried(units, 1);
    }

    private static Carried flattened(Layer layer, Carried read) {
        Shape shape = layer.inputShape();
        int pixels = Math.toIntExact(shape.size() / shape.extent(0));
        return new Carried(read.units, read.block * pixels);
    }

    /** Units that a sum pairs across different blocks have no permutation that we could name: they stay where they are. */
    private void join(Carried branch, Carried stream) {
        int low = Math.min(root(branch.units), root(stream.units));
        int high = Math.max(root(branch.units), root(stream.units));
        parents.set(high, low);
        if (branch.block != stream.block) {
            parents.set(low, FIXED);
        }
    }

    private void place(int units, StateTensor tensor, int dimension, int block) {
        if (units != FIXED) {
            placed.add(new Placed(units, new UnitAxis(tensor, dimension, block)));
        }
    }

    private List<UnitGroup> collect() {
        Map<Integer, List<UnitAxis>> axes = new TreeMap<>(); // by number: in the order in which they appear
        for (Placed place : placed) {
            int root = root(place.units);
            if (root != FIXED) {
                axes.computeIfAbsent(root, key -> new ArrayList<>()).add(place.axis);
            }
        }
        return axes.entrySet().stream()
                .map(entry -> new UnitGroup(
                        names.get(entry.getKey()), entry.getValue().get(0).units(), entry.getValue()))
                .toList();
    }

    private int root(int units) {
        int root = units;
        while (parents.get(root) != root) {
            root = parents.get(root);
        }
        return root;
    }

    private Carried carriedBy(String layer) {
        Carried units = carried.get(layer);
        if (units == null) {
            throw new IllegalStateException(network.name() + ": layer " + layer + " is read before it is there");
        }
        return units;
    }
}
