package io.thetascope.measures.alignment;

import io.thetascope.measures.assignment.Assignment;
import io.thetascope.networks.UnitGroup;
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
    private final List<MatchedTensor> tensors;
    private final Model left;
    private final Model right;
    private final Permutations permutations;

    /** Groups whose last solution may be outdated, since a permutation beside them changed. */
    private final BitSet open = new BitSet();

    private int sweeps;

    Matching(List<UnitGroup> groups, List<MatchedTensor> tensors, Model left, Model right) {
        this.groups = groups;
        this.tensors = tensors;
        this.left = left;
        this.right = right;
        this.permutations = new Permutations(groups);
        this.open.set(0, groups.size());
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
        List<MatchedTensor> touched =
                tensors.stream().filter(tensor -> tensor.touches(group)).toList();
        int units = groups.get(group).units();
        int[] current = permutations.of(group, units);
        int[] proposed = Assignment.maximize(products(group, touched), units, units);
        if (Arrays.equals(current, proposed)) {
            return false;
        }
        double before = agreement(touched);
        permutations.set(group, proposed);
        if (agreement(touched) - before > ROUNDING * squares(touched)) {
            openBeside(group, touched);
            return true;
        }
        permutations.set(group, current);
        return false;
    }

    private double[] products(int group, List<MatchedTensor> touched) {
        InnerProducts products = new InnerProducts(groups.get(group).units());
        for (MatchedTensor tensor : touched) {
            if (tensor.rowGroup() == group) {
                tensor.addRows(products, left, right, permutations);
            }
            if (tensor.columnGroup() == group) {
                tensor.addColumns(products, left, right, permutations);
            }
        }
        return products.sums();
    }

    private double agreement(List<MatchedTensor> touched) {
        return touched.stream()
                .mapToDouble(tensor -> tensor.sum(left, right, permutations, MatchedTensor::product))
                .sum();
    }

    private double squares(List<MatchedTensor> touched) {
        Permutations none = new Permutations(groups);
        return touched.stream()
                .mapToDouble(tensor -> tensor.sum(left, left, none, MatchedTensor::product)
                        + tensor.sum(right, right, none, MatchedTensor::product))
                .sum();
    }

    /** A tensor with both ends in this group opens it again. */
    private void openBeside(int group, List<MatchedTensor> touched) {
        for (MatchedTensor tensor : touched) {
            int other = tensor.rowGroup() == group ? tensor.columnGroup() : tensor.rowGroup();
            if (other != MatchedTensor.FIXED) {
                open.set(other);
            }
        }
    }
}
