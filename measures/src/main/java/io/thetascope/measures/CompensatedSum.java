package io.thetascope.measures;

/**
 * A sum of doubles whose error does not grow with their number (Neumaier's variant of Kahan's algorithm). Sums of short
 * pieces are added to it, so that the inner loops stay plain.
 */
public final class CompensatedSum {
    private double sum;
    private double lost;

    /** Adds a value. */
    public void add(double value) {
        double next = sum + value;
        lost += Math.abs(sum) >= Math.abs(value) ? (sum - next) + value : (value - next) + sum;
        sum = next;
    }

    /** Adds another sum. */
    public void add(CompensatedSum other) {
        add(other.sum);
        add(other.lost);
    }

    /** Returns the sum so far; not finite when a value was not. */
    public double value() {
        return sum + lost;
    }

    /** Returns the square root of the sum so far: a norm, when squares were added. */
    public double root() {
        return Math.sqrt(value());
    }
}
