package io.thetascope.gateway.report.page;

import io.thetascope.gateway.report.answer.OverSeeds;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Writes a number over seeds: its mean, with its interval or its range. */
final class Spread {
    private Spread() {}

    /** Writes 1.04 [0.98, 1.10], or the mean alone where one seed allows no interval. */
    static String interval(OverSeeds figures, Function<@Nullable Double, String> text) {
        return figures.hasInterval()
                ? text.apply(figures.mean()) + " [" + text.apply(figures.low()) + ", " + text.apply(figures.high())
                        + "]"
                : text.apply(figures.mean());
    }

    /** Writes 23.4 (23.1–23.6), or the number alone where there is only one. */
    static String range(OverSeeds figures, Function<@Nullable Double, String> text) {
        return figures.n() > 1
                ? text.apply(figures.mean()) + " (" + text.apply(figures.least()) + " – " + text.apply(figures.most())
                        + ")"
                : text.apply(figures.mean());
    }
}
