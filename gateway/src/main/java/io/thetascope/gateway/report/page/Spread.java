package io.thetascope.gateway.report.page;

import io.thetascope.gateway.report.answer.OverSeeds;
import io.thetascope.gateway.report.markup.Numbers;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Writes cells with a number over seeds: its mean, and below it the interval or the range. */
final class Spread {
    private Spread() {}

    /**
     * Writes 1.04 above [0.98, 1.10], or the mean alone where one seed allows no interval.
     *
     * @param of how many runs could have the number; where fewer do, it is said how many
     */
    static void interval(Table table, OverSeeds figures, int of, Function<@Nullable Double, String> text) {
        String interval =
                figures.hasInterval() ? "[" + text.apply(figures.low()) + ", " + text.apply(figures.high()) + "]" : "";
        String some = figures.n() == 0 || figures.n() == of ? "" : figures.n() + " of " + of;
        table.number(text.apply(figures.mean()), (interval + " " + some).strip());
    }

    /** Writes 23.4 above 23.1 – 23.6, or the number alone where all are equal. */
    static void range(Table table, OverSeeds figures, Function<@Nullable Double, String> text) {
        table.number(text.apply(figures.mean()), range(figures, text));
    }

    /** Writes 13 – 15, or nothing where all are equal. */
    static String range(OverSeeds figures, Function<@Nullable Double, String> text) {
        Double least = figures.least();
        Double most = figures.most();
        return least == null || least.equals(most) ? "" : text.apply(least) + " – " + text.apply(most);
    }

    /** Writes a count that a mean was taken of: 2, or 2.33. */
    static String count(@Nullable Double value) {
        return value == null ? Numbers.MISSING : Numbers.brief(Math.round(value * 100) / 100.0);
    }
}
