package io.thetascope.gateway.report.answer;

import io.thetascope.measures.statistics.TInterval;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A number over the runs of a cell that differ in their seed alone.
 *
 * @param n how many runs have it
 * @param mean of them; absent at n = 0
 * @param low end of the 95 % t interval of the mean; absent below n = 2
 * @param high the other end
 * @param least of them
 * @param most of them
 */
public record OverSeeds(
        int n,
        @Nullable Double mean,
        @Nullable Double low,
        @Nullable Double high,
        @Nullable Double least,
        @Nullable Double most) {

    /** Returns what is known of a number; runs that do not have it are left out. */
    public static <T> OverSeeds of(List<T> runs, Function<T, @Nullable Double> number) {
        return of(runs.stream()
                .flatMap(run -> Stream.ofNullable(number.apply(run)))
                .filter(Double::isFinite)
                .toList());
    }

    static OverSeeds of(List<Double> values) {
        if (values.isEmpty()) {
            return new OverSeeds(0, null, null, null, null, null);
        }
        double mean = values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
        TInterval interval = TInterval.of(values).orElse(null);
        return new OverSeeds(
                values.size(),
                mean,
                interval == null ? null : (Double) interval.low(),
                interval == null ? null : (Double) interval.high(),
                values.stream().min(Double::compare).orElseThrow(),
                values.stream().max(Double::compare).orElseThrow());
    }

    /** Whether the whole interval is above a level. */
    public boolean above(double level) {
        return low != null && low > level;
    }

    /** Whether the whole interval is below a level. */
    public boolean below(double level) {
        return high != null && high < level;
    }

    /** Whether there is an interval at all. */
    public boolean hasInterval() {
        return low != null && high != null;
    }

    /** Returns the mean of a number that is known. */
    public double known() {
        return Objects.requireNonNull(mean, "no run has this number");
    }
}
