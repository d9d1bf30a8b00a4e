package io.thetascope.measures;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SplitMixTest {
    @Test
    void isTheGeneratorOfTheStandardLibraryReadAtAnyPlace() {
        for (long seed : new long[] {0, 7, -3, Long.MAX_VALUE}) {
            SplittableRandom oracle = new SplittableRandom(seed);
            for (int i = 0; i < 100; i++) {
                assertThat(SplitMix.at(seed, i)).isEqualTo(oracle.nextLong());
            }
        }
    }

    @Test
    void permutesByTheSeedAlone() {
        // When
        int[] one = SplitMix.permutation(5, 1_000);

        // Then
        assertThat(one).isEqualTo(SplitMix.permutation(5, 1_000));
        assertThat(one).isNotEqualTo(SplitMix.permutation(6, 1_000));
        assertThat(one).containsExactlyInAnyOrder(IntStream.range(0, 1_000).toArray());
    }

    @Test
    void keepsPermutedImagesWithinTheirGroup() {
        // Given
        List<Integer> even = IntStream.range(0, 50).mapToObj(i -> 2 * i).toList();
        List<Integer> odd = IntStream.range(0, 50).mapToObj(i -> 2 * i + 1).toList();

        // When
        int[] permutation = SplitMix.permutation(9, List.of(even, odd), 100);

        // Then
        assertThat(permutation)
                .containsExactlyInAnyOrder(IntStream.range(0, 100).toArray());
        for (int i = 0; i < 100; i++) {
            assertThat(permutation[i] % 2).isEqualTo(i % 2);
        }
        assertThat(permutation).isNotEqualTo(IntStream.range(0, 100).toArray());
    }
}
