package io.thetascope.measures.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thetascope.contracts.analysis.ProbeSet;
import io.thetascope.contracts.identity.Digest;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ProbeSelectionTest {
    private static final Digest DATASET = Digest.of(new byte[0]);

    private static ProbeSet probe(int among, int images, long seed) {
        return new ProbeSet(DATASET, among, images, seed);
    }

    /** Labels 0, 1, 1, 2, 2, 2 again and again. */
    private static long[] labels(int count) {
        return LongStream.range(0, count)
                .map(i -> i % 6 == 0 ? 0 : i % 6 < 3 ? 1 : 2)
                .toArray();
    }

    @Test
    void isPinned() {
        // change this and results with a probe set smaller than its test set no longer compare with older ones
        assertThat(ProbeSelection.select(probe(30, 6, 0), labels(30))).containsExactly(12, 13, 15, 21, 25, 28);
    }

    @Test
    void givesEveryClassItsShare() {
        // Given
        long[] labels = labels(600);

        // When
        int[] selected = ProbeSelection.select(probe(600, 61, 9), labels);

        // Then exact shares are 10.17, 20.33, 30.5: the largest remainder is the last
        Map<Long, Long> counts = IntStream.of(selected)
                .mapToObj(i -> labels[i])
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        assertThat(counts).isEqualTo(Map.of(0L, 10L, 1L, 20L, 2L, 31L));
        assertThat(selected).isSorted().doesNotHaveDuplicates().hasSize(61);
    }

    @Test
    void takesAllImagesWhereAllAreWanted() {
        assertThat(ProbeSelection.select(probe(40, 40, 3), labels(50)))
                .containsExactly(IntStream.range(0, 40).toArray());
    }

    @Test
    void dependsOnTheSeedAlone() {
        // Given
        long[] labels = labels(500);

        // When
        int[] one = ProbeSelection.select(probe(500, 100, 1), labels);
        int[] again = ProbeSelection.select(probe(500, 100, 1), labels.clone());
        int[] other = ProbeSelection.select(probe(500, 100, 2), labels);

        // Then
        assertThat(again).containsExactly(one);
        assertThat(Arrays.equals(one, other)).isFalse();
    }

    @Test
    void refusesATestSetThatIsTooSmall() {
        assertThatThrownBy(() -> ProbeSelection.select(probe(40, 4, 3), labels(39)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("among 40 test images, there are 39");
    }
}
