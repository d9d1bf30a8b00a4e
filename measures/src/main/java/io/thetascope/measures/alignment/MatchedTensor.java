package io.thetascope.measures.alignment;

import io.thetascope.measures.CompensatedSum;
import io.thetascope.networks.NetworkDescription;
import io.thetascope.networks.StateTensor;
import io.thetascope.networks.UnitAxis;
import io.thetascope.networks.UnitGroup;
import java.util.List;

/**
 * A parameter, or a running statistic by unit, as rows × columns × inner values, whose rows and columns are units of groups.
 *
 * @param name of the parameter
 * @param rows units that come out
 * @param columns units that are read; 1 for a bias and a BatchNorm
 * @param inner taps of a kernel, or the block that a flattening made of a channel
 * @param rowGroup number of the group of the rows; {@link #FIXED} when they stay
 * @param columnGroup number of the group of the columns; {@link #FIXED} when they stay
 */
record MatchedTensor(String name, int rows, int columns, int inner, int rowGroup, int columnGroup) {
    /** For images and logits. */
    static final int FIXED = -1;

    /** What is summed over pairs of runs that meet. */
    @FunctionalInterface
    interface Pairing {
        double of(float[] left, int leftFrom, float[] right, int rightFrom, int count);
    }

    /** Returns all parameters in the network's order; the groups are numbered as listed. */
    static List<MatchedTensor> of(NetworkDescription network, List<UnitGroup> groups) {
        return network.parameters().stream()
                .map(parameter -> of(parameter, groups))
                .toList();
    }

    /** Returns one tensor, which has at least one axis; the groups are numbered as listed. */
    static MatchedTensor of(StateTensor tensor, List<UnitGroup> groups) {
        int rowGroup = FIXED;
        int columnGroup = FIXED;
        int rows = tensor.shape().extent(0);
        int columns = tensor.shape().rank() > 1 ? tensor.shape().extent(1) : 1;
        for (int group = 0; group < groups.size(); group++) {
            for (UnitAxis axis : groups.get(group).axes()) {
                if (axis.tensor().equals(tensor) && axis.dimension() == 0) {
                    rowGroup = group;
                } else if (axis.tensor().equals(tensor)) {
                    columnGroup = group;
                    columns = axis.units();
                }
            }
        }
        int inner = Math.toIntExact(tensor.size() / rows / columns);
        return new MatchedTensor(tensor.name(), rows, columns, inner, rowGroup, columnGroup);
    }

    boolean touches(int group) {
        return rowGroup == group || columnGroup == group;
    }

    /** Sums over all pairs of values that meet when the right is matched to the left. */
    double sum(Model left, Model right, Permutations matching, Pairing pairing) {
        float[] leftValues = left.tensor(name);
        float[] rightValues = right.tensor(name);
        int[] rowOf = matching.of(rowGroup, rows);
        int[] columnOf = matching.of(columnGroup, columns);
        CompensatedSum total = new CompensatedSum();
        for (int row = 0; row < rows; row++) {
            double sum = 0;
            for (int column = 0; column < columns; column++) {
                int leftFrom = (row * columns + column) * inner;
                int rightFrom = (rowOf[row] * columns + columnOf[column]) * inner;
                sum += pairing.of(leftValues, leftFrom, rightValues, rightFrom, inner);
            }
            total.add(sum);
        }
        return total.value();
    }

    static double product(float[] left, int leftFrom, float[] right, int rightFrom, int count) {
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += (double) left[leftFrom + i] * right[rightFrom + i];
        }
        return sum;
    }

    static double squaredDistance(float[] left, int leftFrom, float[] right, int rightFrom, int count) {
        double sum = 0;
        for (int i = 0; i < count; i++) {
            double distance = (double) left[leftFrom + i] - right[rightFrom + i];
            sum += distance * distance;
        }
        return sum;
    }
}
