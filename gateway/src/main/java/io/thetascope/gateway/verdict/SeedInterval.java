package io.thetascope.gateway.verdict;

import io.thetascope.measures.statistics.TInterval;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;

/**
 * The 95 % t interval over seeds. Pairs of runs that share a seed are not independent, so seeds, not pairs, are what is
 * counted: the jackknife (Tukey 1958) leaves out a seed with every pair it has a part in, and the interval is that of the
 * pseudo-values m·x̄ − (m−1)·x̄₍₋ᵢ₎ around x̄. Where every seed has one value, this is the ordinary interval.
 */
final class SeedInterval {
    /** An interval over fewer seeds is none. */
    static final int FEWEST_SEEDS = 3;

    private SeedInterval() {}

    /** Returns the seeds that have a part in observations. */
    static List<Long> seeds(List<Observation> counting) {
        return counting.stream()
                .flatMap(observation -> observation.seeds().stream())
                .distinct()
                .sorted()
                .toList();
    }

    /**
     * Returns the interval of observations that count; nothing with fewer than three seeds, and where a seed has a part in
     * every pair.
     */
    static Optional<TInterval> of(List<Observation> counting) {
        List<Long> seeds = seeds(counting);
        int m = seeds.size();
        if (m < FEWEST_SEEDS) {
            return Optional.empty();
        }
        if (m == counting.size() && counting.stream().allMatch(o -> o.seeds().size() == 1)) {
            return TInterval.of(counting.stream().map(Observation::number).toList());
        }
        double mean = mean(counting, observation -> true).orElseThrow();
        List<Double> pseudoValues = new ArrayList<>();
        for (Long seed : seeds) {
            OptionalDouble without = mean(counting, o -> !o.seeds().contains(seed));
            if (without.isEmpty()) {
                return Optional.empty();
            }
            pseudoValues.add(m * mean - (m - 1) * without.getAsDouble());
        }
        return TInterval.of(pseudoValues).map(spread -> new TInterval(mean, spread.halfWidth(), m));
    }

    private static OptionalDouble mean(List<Observation> counting, Predicate<Observation> kept) {
        return counting.stream().filter(kept).mapToDouble(Observation::number).average();
    }
}
