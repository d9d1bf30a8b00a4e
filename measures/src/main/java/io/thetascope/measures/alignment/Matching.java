package io.thetascope.measures.alignment;

import io.thetascope.measures.assignment.Assignment;
import io.thetascope.networks.UnitGroup;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Matches the units of the right to those of the left by their weights: coordinate descent over the groups, each an
 * assignment problem given the permutations of the others (Ainsworth et al. 2023, algorithm 1). Deterministic: groups are
 * taken in the network's order, and only a permutation that brings the models closer is taken.
 */
final class Matching {
    private static final int SWEEPS = 100;

    /** An improvement below this share of the squared norms may be rounding, and could be undone for ever. */
    private static final double ROUNDING = 1e-12;

    private final List<UnitGroup> groups;

    /** Group → the tensors that it touches. */
    private final List<List<MatchedTensor>> touched = new ArrayList<>();

    /** Group → its products. */
    private final List<GroupProducts> products = new ArrayList<>();

    private final Model left;
    private final Model right;
    private final Permutations permutations;

    /** Groups whose last solution may be outdated, since a permutation beside them changed. */
    private final BitSet open = new BitSet();

    private int sweeps;

    Matching(List<UnitGroup> groups, List<MatchedTensor> tensors, Model left, Model right) {
        this.groups = groups;
        this.left = left;
        this.right = right;
        this.permutations = new Permutations(groups);
        this.open.set(0, groups.size());
        for (int i = 0; i < groups.size(); i++) {
            int group = i;
            touched.add(tensors.stream().filter(tensor -> tensor.touches(group)).toList());
            products.add(new GroupProducts(group, groups.get(group).units(), touched.get(group)));
        }
    }

    /** Sweeps until no permutation changes. */
    Permutations run() {
        boolean changed = !groups.isEmpty();
        while (changed && sweeps < SWEEPS) {
            changed = sweep();
            sweeps++;
        }
        return permutations;
    }

    int sweeps() {
        return sweeps;
    }

    private boolean sweep() {
        boolean changed = false;
        for (int group = 0; group < groups.size(); group++) {
            if (open.get(group)) {
                open.clear(group);
                changed |= improve(group);
            }
        }
        return changed;
    }

    private boolean improve(int group) {
        int units = groups.get(group).units();
        int[] current = permutations.of(group, units);
        int[] proposed = Assignment.maximize(products.get(group).under(permutations, left, right), units, units);
        if (Arrays.equals(current, proposed)) {
            return false;
        }
        double before = agreement(touched.get(group));
        permutations.set(group, proposed);
        if (agreement(touched.get(group)) - before > ROUNDING * squares(touched.get(group))) {
            openBeside(group);
            return true;
        }
        permutations.set(group, current);
        return false;
    }

    private double agreement(List<MatchedTensor> some) {
        return some.stream()
                .mapToDouble(tensor -> tensor.sum(left, right, permutations, MatchedTensor::product))
                .sum();
    }

    private double squares(List<MatchedTensor> some) {
        Permutations none = new Permutations(groups);
        return some.stream()
                .mapToDouble(tensor -> tensor.sum(left, left, none, MatchedTensor::product)
                        + tensor.sum(right, right, none, MatchedTensor::product))
                .sum();
    }

    /** A tensor with both ends in this group opens it again. */
    private void openBeside(int group) {
        for (MatchedTensor tensor : touched.get(group)) {
            int other = tensor.rowGroup() == group ? tensor.columnGroup() : tensor.rowGroup();
            if (other != MatchedTensor.FIXED) {
                open.set(other);
            }
        }
    }
}
