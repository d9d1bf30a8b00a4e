package io.thetascope.gateway.report.escape;

import io.thetascope.measures.statistics.TInterval;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A number over seeds.
 *
 * @param mean over those of which it is known
 * @param low of the t interval at 95 %; absent for one seed
 * @param high of it
 * @param n seeds of which it is known
 */
public record Spread(
        double mean, @Nullable Double low, @Nullable Double high, int n) {
    /** Returns the mean and interval of what is known; nothing where nothing is. */
    static @Nullable Spread of(List<@Nullable Double> values) {
        List<Double> known = values.stream().filter(Objects::nonNull).toList();
        if (known.isEmpty()) {
            return null;
        }
        return TInterval.of(known)
                .map(t -> new Spread(t.mean(), t.low(), t.high(), t.n()))
                .orElseGet(() -> new Spread(known.get(0), null, null, 1));
    }
}
