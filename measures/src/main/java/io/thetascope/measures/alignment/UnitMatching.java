package io.thetascope.measures.alignment;

import io.thetascope.measures.Weights;
import io.thetascope.measures.orientation.NormalisedFilters;
import io.thetascope.measures.orientation.Orientation;
import io.thetascope.networks.Buffer;
import io.thetascope.networks.NetworkDescription;
import io.thetascope.networks.StateTensor;
import io.thetascope.networks.UnitGroup;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The units of the right matched to those of the left by their weights, in a way that leaves the function of the right as it is,
 * with stored statistics as with those of a batch: units are permuted, and before a BatchNorm a filter is negated together with its
 * γ and its running mean where the γ of both have opposite signs. Nothing is rescaled.
 */
public final class UnitMatching {
    private final List<UnitGroup> groups;
    private final Permutations permutations;

    /** Tensor → whether each unit of the left takes the negative of what it is matched to; others take all as they are. */
    private final Map<String, BitSet> turned = new HashMap<>();

    private UnitMatching(List<UnitGroup> groups, Permutations permutations) {
        this.groups = groups;
        this.permutations = permutations;
    }

    /**
     * Matches the right model to the left one; geometry-dead elements have no say. Takes no more heap than {@link
     * Alignment#heapBytes} says.
     *
     * @throws io.thetascope.measures.NotMeasurableException when a value is not finite
     */
    public static UnitMatching of(NetworkDescription network, Weights left, Weights right) {
        List<UnitGroup> groups = network.unitGroups();
        List<MatchedTensor> tensors = MatchedTensor.of(network, groups);
        List<NormalisedFilters> filters = NormalisedFilters.of(network);
        Model one = Model.read(network, left);
        Model other = Model.read(network, right);
        Orientation leftTurned = one.turn(network, filters);
        Orientation rightTurned = other.turn(network, filters);
        UnitMatching matching = new UnitMatching(groups, new Matching(groups, tensors, one, other).run());
        filters.forEach(filter -> matching.turn(network, filter, leftTurned.of(filter), rightTurned.of(filter)));
        return matching;
    }

    private void turn(NetworkDescription network, NormalisedFilters filters, BitSet left, BitSet right) {
        int[] matched = rows(MatchedTensor.of(filters.gamma(), groups));
        BitSet differ = new BitSet();
        for (int unit = 0; unit < matched.length; unit++) {
            differ.set(unit, left.get(unit) != right.get(matched[unit]));
        }
        turned.put(filters.gamma().name(), differ);
        filters.filters().forEach(filter -> turned.put(filter.name(), differ));
        turned.put(runningMean(network, filters.gamma().layer()), differ);
    }

    private static String runningMean(NetworkDescription network, String norm) {
        return network.buffers().stream()
                .filter(buffer -> buffer.layer().equals(norm))
                .map(Buffer::name)
                .findFirst() // as PyTorch lists them: running_mean, running_var, num_batches_tracked
                .orElseThrow();
    }

    /** Whether every unit is matched to its namesake, with its sign: the matched right is the right. */
    public boolean leavesEveryUnit() {
        return IntStream.range(0, groups.size()).allMatch(group -> permutations.moved(group) == 0)
                && turned.values().stream().allMatch(BitSet::isEmpty);
    }

    /**
     * Returns a tensor of the matched right.
     *
     * @param tensor a parameter or a buffer of the network
     * @param right all its values in the right, row-major
     */
    public float[] apply(StateTensor tensor, float[] right) {
        MatchedTensor places = MatchedTensor.of(tensor, groups);
        int[] rows = rows(places);
        int[] columns = permutations.of(places.columnGroup(), places.columns());
        BitSet negated = turned.getOrDefault(tensor.name(), new BitSet());
        float[] matched = new float[right.length];
        for (int row = 0; row < places.rows(); row++) {
            for (int column = 0; column < places.columns(); column++) {
                int to = (row * places.columns() + column) * places.inner();
                int from = (rows[row] * places.columns() + columns[column]) * places.inner();
                for (int i = 0; i < places.inner(); i++) {
                    matched[to + i] = negated.get(row) ? -right[from + i] : right[from + i];
                }
            }
        }
        return matched;
    }

    private int[] rows(MatchedTensor places) {
        return permutations.of(places.rowGroup(), places.rows());
    }
}
