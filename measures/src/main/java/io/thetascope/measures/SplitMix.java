package io.thetascope.measures;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Randomness as a function of a seed and an index: SplitMix64 (Steele, Lea and Flood 2014), read at any place. */
public final class SplitMix {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private SplitMix() {}

    /** Returns the output at an index, from 0, of the generator whose state was the seed. */
    public static long at(long seed, long index) {
        long z = seed + (index + 1) * GOLDEN;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** Orders indices by their output, on a tie by themselves: a permutation that the seed determines. */
    public static Comparator<Integer> order(long seed) {
        return Comparator.comparingLong((Integer index) -> at(seed, index)).thenComparing(Comparator.naturalOrder());
    }

    /** Returns the numbers from 0 to n − 1 in the order of the seed. */
    public static int[] permutation(long seed, int n) {
        return IntStream.range(0, n)
                .boxed()
                .sorted(order(seed))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /**
     * Permutes within groups.
     *
     * @param groups that share no index and together hold those from 0 to n − 1
     * @param n how many
     * @return for every index one of its group
     */
    public static int[] permutation(long seed, Iterable<List<Integer>> groups, int n) {
        int[] permutation = new int[n];
        for (List<Integer> group : groups) {
            List<Integer> ordered = group.stream().sorted(order(seed)).toList();
            for (int i = 0; i < ordered.size(); i++) {
                permutation[group.get(i)] = ordered.get(i);
            }
        }
        return permutation;
    }
}
