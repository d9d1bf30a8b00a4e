package io.thetascope.measures.alignment;

import io.thetascope.networks.UnitGroup;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** For every group and unit of the left, the unit of the right that is matched to it; at first its namesake. */
final class Permutations {
    private final List<int[]> permutations = new ArrayList<>();

    Permutations(List<UnitGroup> groups) {
        groups.forEach(group -> permutations.add(identity(group.units())));
    }

    /** Returns those of a group; units that stay are matched to their namesakes. */
    int[] of(int group, int units) {
        return group == MatchedTensor.FIXED ? identity(units) : permutations.get(group);
    }

    void set(int group, int[] permutation) {
        permutations.set(group, permutation);
    }

    List<Integer> list(int group) {
        return IntStream.of(permutations.get(group)).boxed().toList();
    }

    /** Returns how many units of a group are not matched to their namesakes. */
    int moved(int group) {
        int[] permutation = permutations.get(group);
        return (int) IntStream.range(0, permutation.length)
                .filter(unit -> permutation[unit] != unit)
                .count();
    }

    private static int[] identity(int units) {
        int[] identity = new int[units];
        Arrays.setAll(identity, unit -> unit);
        return identity;
    }
}
