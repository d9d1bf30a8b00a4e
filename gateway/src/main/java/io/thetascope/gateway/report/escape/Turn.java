package io.thetascope.gateway.report.escape;

import io.thetascope.gateway.report.markup.Numbers;
import io.thetascope.measures.statistics.TInterval;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where a sweep turns, over seeds.
 *
 * @param criterion what turns, in words
 * @param value geometric mean of the seeds' values; absent unless every seed turns within the sweep
 * @param low of the t interval at 95 % of the logarithms, as a value; absent as there, and for one seed
 * @param high of it
 * @param seeds one for each parent, in the order of the study
 * @param leftOut runs that do not count: below the accuracy gate, or without the number
 * @param says all of it in one sentence
 */
public record Turn(
        String criterion,
        @Nullable Double value,
        @Nullable Double low,
        @Nullable Double high,
        List<SeedTurn> seeds,
        int leftOut,
        String says) {
    public Turn {
        seeds = List.copyOf(seeds);
    }

    static Turn of(String criterion, List<SeedTurn> seeds, int leftOut) {
        List<Double> logs = seeds.stream()
                .map(SeedTurn::value)
                .filter(Objects::nonNull)
                .map(value -> (Double) Math.log10(value))
                .toList();
        boolean all = !logs.isEmpty() && logs.size() == seeds.size();
        Double value = all ? raised(logs.stream().mapToDouble(l -> l).average().orElseThrow()) : null;
        Optional<TInterval> interval = all ? TInterval.of(logs) : Optional.empty();
        Double low = interval.map(t -> raised(t.low())).orElse(null);
        Double high = interval.map(t -> raised(t.high())).orElse(null);
        String left = leftOut == 0
                ? ""
                : "; " + leftOut + (leftOut == 1 ? " run does" : " runs do")
                        + " not count: below the accuracy gate, below drift, or without the number";
        String says = criterion + ": " + (value == null ? sides(seeds) : at(value, low, high, seeds.size())) + left;
        return new Turn(criterion, value, low, high, seeds, leftOut, says);
    }

    private static Double raised(double exponent) {
        return Math.pow(10, exponent);
    }

    private static String at(double value, @Nullable Double low, @Nullable Double high, int n) {
        return low == null
                ? "at " + Numbers.plain(value) + " (one seed, no interval)"
                : "at " + Numbers.plain(value) + " [" + Numbers.plain(low) + ", " + Numbers.plain(high) + "] over " + n
                        + " seeds";
    }

    private static String sides(List<SeedTurn> seeds) {
        List<String> parts = new ArrayList<>();
        String within = seeds.stream()
                .map(SeedTurn::value)
                .filter(Objects::nonNull)
                .map(Numbers::plain)
                .collect(Collectors.joining(", "));
        if (!within.isEmpty()) {
            parts.add("at " + within + " for " + count(seeds, Side.WITHIN));
        }
        add(parts, seeds, Side.BELOW, "so already at the smallest value that counts for ");
        add(parts, seeds, Side.ABOVE, "not yet at the largest value that counts for ");
        add(parts, seeds, Side.UNKNOWN, "no value counts for ");
        return (within.isEmpty() ? "not within the sweep: " : "not within the sweep for every seed: ")
                + String.join("; ", parts);
    }

    private static void add(List<String> parts, List<SeedTurn> seeds, Side side, String words) {
        if (seeds.stream().anyMatch(seed -> seed.side() == side)) {
            parts.add(words + count(seeds, side));
        }
    }

    private static String count(List<SeedTurn> seeds, Side side) {
        return seeds.stream().filter(seed -> seed.side() == side).count() + " of " + seeds.size() + " seeds";
    }
}
