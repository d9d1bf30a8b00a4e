package io.thetascope.measures.alignment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.thetascope.contracts.run.InputShape;
import io.thetascope.networks.NetworkDescription;
import io.thetascope.networks.Networks;
import io.thetascope.networks.UnitGroup;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Oracle: plain loops over whole numbers, and products from the beginning instead of from what changed. */
class GroupProductsTest {
    private static final int COLUMNS = 70;

    private static float[] wholeNumbers(int length, int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = random.nextInt(-100, 100);
        }
        return values;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 37, 520})
    void innerProductsAgreeWithThreePlainLoops(int units) {
        // Given 70 values a unit, in places that differ between the sides
        float[] left = wholeNumbers(units * COLUMNS, units);
        float[] right = wholeNumbers(units * COLUMNS, units + 1);
        int[] forward = new int[COLUMNS];
        int[] backward = new int[COLUMNS];
        for (int q = 0; q < COLUMNS; q++) {
            forward[q] = q;
            backward[q] = COLUMNS - 1 - q;
        }
        InnerProducts products = new InnerProducts(units);

        // When added in one order of the right, which is then replaced by another
        products.add(left, forward, right, forward, new int[0], COLUMNS);
        products.add(left, forward, right, backward, forward, COLUMNS);

        // Then
        for (int i = 0; i < units; i++) {
            for (int j = 0; j < units; j++) {
                double expected = 0;
                for (int q = 0; q < COLUMNS; q++) {
                    expected += (double) left[i * COLUMNS + q] * right[j * COLUMNS + COLUMNS - 1 - q];
                }
                assertThat(products.sums()[i * units + j]).isEqualTo(expected);
            }
        }
    }

    @Test
    void whatAChangedPermutationChangesIsAllThatIsAdded() {
        // Given
        NetworkDescription network = Networks.named("lenet", new InputShape(1, 32, 32));
        Planted planted = new Planted(network);
        Model left = Model.read(network, planted.model(1));
        Model right = Model.read(network, planted.model(2));
        List<UnitGroup> groups = network.unitGroups();
        List<MatchedTensor> tensors = MatchedTensor.of(network, groups);
        Permutations permutations = new Permutations(groups);
        Map<String, List<Integer>> shuffled = planted.permutations(3);

        for (int group = 0; group < groups.size(); group++) {
            GroupProducts kept = new GroupProducts(group, groups.get(group).units(), tensors);
            double[] before = kept.under(permutations, left, right).clone();

            // When the groups beside it are matched anew
            Permutations changed = new Permutations(groups);
            for (int other = 0; other < groups.size(); other++) {
                List<Integer> units =
                        Objects.requireNonNull(shuffled.get(groups.get(other).name()));
                changed.set(other, units.stream().mapToInt(Integer::intValue).toArray());
            }
            double[] after = kept.under(changed, left, right);

            // Then
            double[] fresh = new GroupProducts(group, groups.get(group).units(), tensors).under(changed, left, right);
            assertThat(after).containsExactly(fresh, within(1e-12));
            assertThat(after).isNotEqualTo(before);
        }
    }
}
