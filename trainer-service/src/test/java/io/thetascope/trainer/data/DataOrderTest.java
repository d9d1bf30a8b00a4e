package io.thetascope.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DataOrderTest {
    private static final long[] PINNED_1 = {6, 5, 7, 0, 2, 3, 1, 4, 9, 8};
    private static final long[] PINNED_2 = {4, 2, 3, 6, 7, 9, 5, 1, 0, 8};
    private static final int PINNED_HASH = 890167167;

    @Test
    void neverChangesOrOldRunsAreLost() {
        assertThat(new DataOrder(42, 10).ofEpoch(1)).containsExactly(PINNED_1);
        assertThat(new DataOrder(42, 10).ofEpoch(2)).containsExactly(PINNED_2);
        assertThat(Arrays.hashCode(new DataOrder(9_007_199_254_740_991L, 60_000).ofEpoch(20)))
                .isEqualTo(PINNED_HASH);
    }

    @Test
    void showsEveryImageOnceAnEpoch() {
        long[] order = new DataOrder(7, 1001).ofEpoch(3);
        Arrays.sort(order);
        assertThat(order).containsExactly(LongStream.range(0, 1001).toArray());
    }

    @Test
    void differsBetweenSeedsAndEpochs() {
        assertThat(new DataOrder(7, 100).ofEpoch(1))
                .isNotEqualTo(new DataOrder(8, 100).ofEpoch(1))
                .isNotEqualTo(new DataOrder(7, 100).ofEpoch(2));
    }

    @Test
    void drawsEveryImageIntoEveryPlaceEquallyOften() {
        int[][] counts = new int[5][5];
        for (int seed = 0; seed < 10_000; seed++) {
            long[] order = new DataOrder(seed, 5).ofEpoch(1);
            for (int place = 0; place < 5; place++) {
                counts[place][(int) order[place]]++;
            }
        }
        // expected 2000 each, standard deviation 40
        assertThat(Arrays.stream(counts).flatMapToInt(Arrays::stream).boxed())
                .hasSize(25)
                .allMatch(n -> n > 1800 && n < 2200);
    }
}
