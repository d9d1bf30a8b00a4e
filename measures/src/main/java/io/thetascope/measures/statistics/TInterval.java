package io.thetascope.measures.statistics;

import java.util.List;
import java.util.Optional;
import org.hipparchus.distribution.continuous.TDistribution;
import org.hipparchus.stat.descriptive.StreamingStatistics;

/**
 * The two-sided 95 % interval of Student (1908) around a mean: x̄ ± t(0.975, n−1) · s/√n, s with n−1.
 *
 * @param mean of the values
 * @param halfWidth from the mean to either end, not negative; 0 where all values are equal
 * @param n how many values, at least 2
 */
public record TInterval(double mean, double halfWidth, int n) {
    private static final double UPPER_95 = 0.975;
    private static final double ACCURACY = 1e-14; // of the quantile; the default is 1e-9

    public TInterval {
        if (n < 2) {
            throw new IllegalArgumentException("an interval needs at least 2 values: " + n);
        }
        if (!(halfWidth >= 0)) {
            throw new IllegalArgumentException("halfWidth must be >= 0: " + halfWidth);
        }
    }

    /**
     * Returns the interval of some values, or nothing for fewer than two.
     *
     * @param values finite, independent of each other
     * @throws IllegalArgumentException if one is not finite
     */
    public static Optional<TInterval> of(List<Double> values) {
        StreamingStatistics sample = new StreamingStatistics();
        for (double value : values) {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("values must be finite; leave the others out: " + value);
            }
            sample.addValue(value);
        }
        int n = values.size();
        if (n < 2) {
            return Optional.empty();
        }
        double quantile = new TDistribution(n - 1, ACCURACY).inverseCumulativeProbability(UPPER_95);
        return Optional.of(new TInterval(sample.getMean(), quantile * sample.getStandardDeviation() / Math.sqrt(n), n));
    }

    /** Returns the lower end. */
    public double low() {
        return mean - halfWidth;
    }

    /** Returns the upper end. */
    public double high() {
        return mean + halfWidth;
    }
}
