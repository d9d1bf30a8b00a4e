package io.thetascope.measures.alignment;

import io.thetascope.measures.Weights;
import io.thetascope.networks.Buffer;
import io.thetascope.networks.NetworkDescription;
import io.thetascope.networks.StateTensor;
import io.thetascope.networks.UnitGroup;
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
    private final Map<String, boolean[]> turned = new HashMap<>();

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
        List<boolean[]> leftNegative =
                filters.stream().map(filter -> filter.negative(one)).toList();
        List<boolean[]> rightNegative =
                filters.stream().map(filter -> filter.negative(other)).toList();
        for (Model model : List.of(one, other)) {
            filters.forEach(filter -> filter.turn(model));
        }
        UnitMatching matching = new UnitMatching(groups, new Matching(groups, tensors, one, other).run());
        for (int i = 0; i < filters.size(); i++) {
            matching.turn(network, filters.get(i), leftNegative.get(i), rightNegative.get(i));
        }
        return matching;
    }

    private void turn(NetworkDescription network, NormalisedFilters filters, boolean[] left, boolean[] right) {
        int[] matched = rows(MatchedTensor.of(filters.gamma().tensor(), groups));
        boolean[] differ = new boolean[left.length];
        for (int unit = 0; unit < differ.length; unit++) {
            differ[unit] = left[unit] != right[matched[unit]];
        }
        turned.put(filters.gamma().tensor().name(), differ);
        filters.filters().forEach(axis -> turned.put(axis.tensor().name(), differ));
        turned.put(runningMean(network, filters.gamma().tensor().layer()), differ);
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
                && turned.values().stream()
                        .allMatch(units -> IntStream.range(0, units.length).noneMatch(unit -> units[unit]));
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
        boolean[] negated = turned.getOrDefault(tensor.name(), new boolean[places.rows()]);
        float[] matched = new float[right.length];
        for (int row = 0; row < places.rows(); row++) {
            for (int column = 0; column < places.columns(); column++) {
                int to = (row * places.columns() + column) * places.inner();
                int from = (rows[row] * places.columns() + columns[column]) * places.inner();
                for (int i = 0; i < places.inner(); i++) {
                    matched[to + i] = negated[row] ? -right[from + i] : right[from + i];
                }
            }
        }
        return matched;
    }

    private int[] rows(MatchedTensor places) {
        return permutations.of(places.rowGroup(), places.rows());
    }
}
