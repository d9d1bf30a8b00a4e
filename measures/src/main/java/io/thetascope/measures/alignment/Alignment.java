package io.thetascope.measures.alignment;

import io.thetascope.contracts.analysis.AlignmentResult;
import io.thetascope.measures.Weights;
import io.thetascope.measures.orientation.NormalisedFilters;
import io.thetascope.networks.NetworkDescription;
import io.thetascope.networks.UnitGroup;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How far two models are apart once the symmetries of their network are taken out (MEASURES §6).
 *
 * @param summary the numbers
 * @param permutations group → for every unit of the left, the unit of the right that matches it
 */
public record Alignment(AlignmentResult summary, Map<String, List<Integer>> permutations) {
    /** For everything that does not grow with the network by more than its number of units. */
    private static final long OVERHEAD_BYTES = 4L << 20;

    public Alignment {
        Map<String, List<Integer>> copy = new LinkedHashMap<>(); // keeps the order of the network, unlike Map.copyOf
        permutations.forEach((group, units) -> copy.put(group, List.copyOf(units)));
        permutations = Collections.unmodifiableMap(copy);
    }

    /**
     * Aligns the right model to the left one. Geometry-dead elements are dropped on both sides first.
     *
     * @param network of both
     * @param left its units keep their places; rescaled and turned as the right is, so that both can be compared
     * @param right is rescaled, turned and permuted
     * @throws io.thetascope.measures.NotMeasurableException when a value is not finite
     */
    public static Alignment measure(NetworkDescription network, Weights left, Weights right) {
        List<UnitGroup> groups = network.unitGroups();
        List<MatchedTensor> tensors = MatchedTensor.of(network, groups);
        Model one = Model.read(network, left);
        Model other = Model.read(network, right);
        Permutations none = new Permutations(groups);
        Stages stages = new Stages(tensors, one, other, none);
        stages.add(AlignmentResult.RAW, true, none);

        List<NormalisedFilters> filters = NormalisedFilters.of(network);
        List<ScalableUnits> units = ScalableUnits.of(groups);
        for (Model model : List.of(one, other)) {
            filters.forEach(filter -> FilterScales.of(filter).normalise(model));
            units.forEach(unit -> unit.normalise(model));
        }
        stages.add(AlignmentResult.RESCALED, !filters.isEmpty() || !units.isEmpty(), none);

        for (Model model : List.of(one, other)) {
            model.turn(network, filters);
        }
        stages.add(AlignmentResult.SIGN_AWARE, !filters.isEmpty(), none);

        Matching matching = new Matching(groups, tensors, one, other);
        Permutations permutations = matching.run();
        stages.add(AlignmentResult.PERMUTED, !groups.isEmpty(), permutations);
        return result(network, groups, stages, permutations, matching.sweeps());
    }

    private static Alignment result(
            NetworkDescription network, List<UnitGroup> groups, Stages stages, Permutations permutations, int sweeps) {
        List<AlignmentResult.Group> moved = new ArrayList<>();
        Map<String, List<Integer>> matched = new LinkedHashMap<>();
        for (int i = 0; i < groups.size(); i++) {
            UnitGroup group = groups.get(i);
            moved.add(new AlignmentResult.Group(group.name(), group.units(), permutations.moved(i)));
            matched.put(group.name(), permutations.list(i));
        }
        long dead = network.geometryDeadCount();
        return new Alignment(
                new AlignmentResult(network.parameterCount() - dead, dead, stages.list(), moved, sweeps), matched);
    }

    /**
     * Returns an upper bound of the bytes of heap that an alignment of this network takes: the weights of both sides, the
     * inner products of every group, and the working memory of the widest tensor.
     */
    public static long heapBytes(NetworkDescription network) {
        List<UnitGroup> groups = network.unitGroups();
        long weights = 2L * Float.BYTES * network.parameterCount();
        long products = groups.stream()
                .mapToLong(group -> InnerProducts.bytes(group.units()))
                .sum();
        long working = groups.stream()
                .mapToLong(group -> InnerProducts.workingBytes(group.units()))
                .max()
                .orElse(0);
        return weights + products + working + startsBytes(network, groups) + OVERHEAD_BYTES;
    }

    /** Where the values of the widest tensor lie: three lists, and what the longest grows from. */
    private static long startsBytes(NetworkDescription network, List<UnitGroup> groups) {
        return MatchedTensor.of(network, groups).stream()
                .mapToLong(tensor -> 6L * Integer.BYTES * Math.max(tensor.rows(), tensor.columns()) * tensor.inner())
                .max()
                .orElse(0);
    }
}
