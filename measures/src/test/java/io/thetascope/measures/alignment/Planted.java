package io.thetascope.measures.alignment;

import io.thetascope.measures.Arrays32;
import io.thetascope.networks.BatchNorm2d;
import io.thetascope.networks.Initializers;
import io.thetascope.networks.NetworkDescription;
import io.thetascope.networks.Parameter;
import io.thetascope.networks.ParameterKind;
import io.thetascope.networks.UnitAxis;
import io.thetascope.networks.UnitGroup;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Models, and the same functions written with other weights. */
final class Planted {
    private final NetworkDescription network;
    private final Map<String, List<GroupAxis>> axes = new HashMap<>();

    private record GroupAxis(String group, UnitAxis axis) {}

    Planted(NetworkDescription network) {
        this.network = network;
        for (UnitGroup group : network.unitGroups()) {
            for (UnitAxis axis : group.axes()) {
                axes.computeIfAbsent(axis.tensor().name(), key -> new ArrayList<>())
                        .add(new GroupAxis(group.name(), axis));
            }
        }
    }

    /** Kaiming weights; biases, γ (of both signs) and β random, so that every unit differs from every other. */
    Arrays32 model(long seed) {
        Map<String, float[]> weights = new HashMap<>();
        for (Parameter parameter : network.parameters()) {
            weights.put(parameter.name(), Initializers.draw(Initializers.KAIMING_NORMAL, parameter, seed));
        }
        SplittableRandom random = new SplittableRandom(seed);
        return Arrays32.of(network, (parameter, i) -> switch (parameter.kind()) {
            case WEIGHT -> weights.getOrDefault(parameter.name(), new float[0])[i];
            case NORM_WEIGHT -> random.nextDouble(0.5, 1.5) * (random.nextInt(4) == 0 ? -1 : 1);
            case BIAS, NORM_BIAS -> random.nextDouble(-0.5, 0.5);
        });
    }

    /** A random permutation of every group. */
    Map<String, List<Integer>> permutations(long seed) {
        Random random = new Random(seed);
        Map<String, List<Integer>> permutations = new HashMap<>();
        for (UnitGroup group : network.unitGroups()) {
            List<Integer> units =
                    new ArrayList<>(IntStream.range(0, group.units()).boxed().toList());
            Collections.shuffle(units, random);
            permutations.put(group.name(), units);
        }
        return permutations;
    }

    /** Puts unit u of the model where the permutation says: what was at u is at permutation(u). */
    Arrays32 permuted(Arrays32 model, Map<String, List<Integer>> permutations) {
        Map<String, float[]> tensors = new HashMap<>();
        for (Parameter parameter : network.parameters()) {
            float[] from = model.tensor(parameter);
            float[] to = new float[from.length];
            for (int i = 0; i < from.length; i++) {
                int target = i;
                for (Owner owner : owners(parameter, i)) {
                    int goal = permutations.getOrDefault(owner.group, List.of()).get(owner.unit);
                    target += (goal - owner.unit) * owner.stride;
                }
                to[target] = from[i];
            }
            tensors.put(parameter.name(), to);
        }
        return Arrays32.of(network, (parameter, i) -> tensors.getOrDefault(parameter.name(), new float[0])[i]);
    }

    /** Scales what comes out of every hidden unit by a random factor of 0.1 to 10, and divides where it is read. */
    Arrays32 rescaled(Arrays32 model, long seed) {
        Map<String, double[]> factors = new HashMap<>();
        SplittableRandom random = new SplittableRandom(seed);
        for (UnitGroup group : network.unitGroups()) {
            double[] values = new double[group.units()];
            Arrays.setAll(values, unit -> Math.pow(10, random.nextDouble(-1, 1)));
            factors.put(group.name(), values);
        }
        return Arrays32.of(network, (parameter, i) -> {
            double value = model.tensor(parameter)[i];
            for (Owner owner : owners(parameter, i)) {
                double factor = factors.getOrDefault(owner.group, new double[0])[owner.unit];
                value *= owner.dimension == 0 ? factor : 1 / factor;
            }
            return value;
        });
    }

    /** Scales every filter that a BatchNorm follows by a random positive factor, negating some together with their γ. */
    Arrays32 turned(Arrays32 model, long seed, boolean scaled) {
        Map<String, Double> factors = new HashMap<>();
        Set<String> turned = new HashSet<>();
        SplittableRandom random = new SplittableRandom(seed);
        for (BatchNorm2d norm : norms()) {
            for (int unit = 0; unit < norm.inputShape().channels(); unit++) {
                boolean turn = random.nextBoolean();
                double factor = scaled ? Math.pow(10, random.nextDouble(-1, 1)) : 1;
                factors.put(norm.input() + "/" + unit, turn ? -factor : factor);
                if (turn) {
                    turned.add(norm.name() + "/" + unit);
                }
            }
        }
        return Arrays32.of(network, (parameter, i) -> {
            int unit = (int) (i / (parameter.size() / parameter.shape().extent(0)));
            String channel = parameter.layer() + "/" + unit;
            boolean gamma = parameter.kind() == ParameterKind.NORM_WEIGHT;
            double factor = gamma && turned.contains(channel) ? -1 : factors.getOrDefault(channel, 1.0);
            return factor * model.tensor(parameter)[i];
        });
    }

    private List<BatchNorm2d> norms() {
        return network.layers().stream()
                .filter(BatchNorm2d.class::isInstance)
                .map(BatchNorm2d.class::cast)
                .toList();
    }

    /** The unit to which an element belongs along one axis, and how far the next unit is. */
    private record Owner(String group, int unit, int dimension, int stride) {}

    private List<Owner> owners(Parameter parameter, int index) {
        List<Owner> owners = new ArrayList<>();
        for (GroupAxis entry : axes.getOrDefault(parameter.name(), List.of())) {
            UnitAxis axis = entry.axis;
            int inner = (int) parameter.size();
            for (int dimension = 0; dimension <= axis.dimension(); dimension++) {
                inner /= parameter.shape().extent(dimension);
            }
            int place = index / inner % parameter.shape().extent(axis.dimension());
            owners.add(new Owner(entry.group, place / axis.block(), axis.dimension(), inner * axis.block()));
        }
        return owners;
    }
}
