package io.thetascope.gateway.verdict;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Beyond what a measure has to lie.
 *
 * @param measure in words
 * @param relation on which side
 * @param number of what
 */
public record Threshold(String measure, Relation relation, double number) {
    public Threshold {
        if (!Double.isFinite(number)) {
            throw new IllegalArgumentException("a threshold must be finite: " + measure + " " + number);
        }
    }

    /** Returns where an interval lies; nothing where the number is within. */
    @Nullable
    Boolean met(double low, double high) {
        return relation.met(low, high, number);
    }

    /** Returns such as {@code 1 − F(0) > 0.6}. */
    public String words() {
        String written =
                BigDecimal.valueOf(number).stripTrailingZeros().toPlainString().replace('-', '−');
        return relation == Relation.HOLDS
                ? "interval of " + measure + " holds " + written
                : measure + " " + relation.sign() + " " + written;
    }
}
