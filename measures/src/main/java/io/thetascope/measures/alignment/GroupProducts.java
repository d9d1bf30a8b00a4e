package io.thetascope.measures.alignment;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * For every unit of a group on the left and every one on the right: the inner product of all their weights, given how the
 * other groups are matched. Kept between sweeps; only what a changed permutation changes is computed again.
 */
final class GroupProducts {
    private final InnerProducts products;
    private final List<Side> sides = new ArrayList<>();

    /** The tensors that the group touches, with its number. */
    GroupProducts(int group, int units, List<MatchedTensor> touched) {
        this.products = new InnerProducts(units);
        for (MatchedTensor tensor : touched) {
            if (tensor.rowGroup() == group) {
                sides.add(Side.rows(tensor));
            }
            if (tensor.columnGroup() == group) {
                sides.add(Side.columns(tensor));
            }
        }
    }

    /** Returns the products under these permutations, row-major, left × right; the object's own. */
    double[] under(Permutations permutations, Model left, Model right) {
        sides.forEach(side -> side.update(products, permutations, left, right));
        return products.sums();
    }

    /** A tensor seen from the group: each of its units owns {@code others} × {@code inner} values. */
    private static final class Side {
        private final MatchedTensor tensor;
        private final int stride;
        private final int otherGroup;
        private final int others;
        private final int otherStride;

        /** How the others were matched at the last update; empty before the first. */
        private int[] matched = new int[0];

        private Side(MatchedTensor tensor, int stride, int otherGroup, int others, int otherStride) {
            this.tensor = tensor;
            this.stride = stride;
            this.otherGroup = otherGroup;
            this.others = others;
            this.otherStride = otherStride;
        }

        static Side rows(MatchedTensor tensor) {
            int stride = tensor.columns() * tensor.inner();
            return new Side(tensor, stride, tensor.columnGroup(), tensor.columns(), tensor.inner());
        }

        static Side columns(MatchedTensor tensor) {
            int otherStride = tensor.columns() * tensor.inner();
            return new Side(tensor, tensor.inner(), tensor.rowGroup(), tensor.rows(), otherStride);
        }

        void update(InnerProducts products, Permutations permutations, Model left, Model right) {
            int[] now = permutations.of(otherGroup, others);
            int[] before = matched;
            int[] changed = IntStream.range(0, others)
                    .filter(other -> before.length == 0 || before[other] != now[other])
                    .toArray();
            int[] outdated =
                    before.length == 0 ? before : starts(IntStream.of(changed).map(other -> before[other]));
            products.add(
                    left.tensor(tensor.name()),
                    starts(IntStream.of(changed)),
                    right.tensor(tensor.name()),
                    starts(IntStream.of(changed).map(other -> now[other])),
                    outdated,
                    stride);
            matched = now;
        }

        /** Where the values lie that these others share with unit 0. */
        private int[] starts(IntStream units) {
            return units.flatMap(other -> IntStream.range(0, tensor.inner()).map(i -> other * otherStride + i))
                    .toArray();
        }
    }
}
