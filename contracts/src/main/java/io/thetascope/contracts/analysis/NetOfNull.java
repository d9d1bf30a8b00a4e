package io.thetascope.contracts.analysis;

/**
 * A measure beside what chance gives it.
 *
 * @param permutations how many random ones the null is taken over
 * @param nullMean mean of the measure over them
 * @param nullDeviation its standard deviation, n − 1 in the denominator
 * @param net the measure − {@code nullMean}
 * @param low {@code net} − 1.96 · {@code nullDeviation}; when it is above 0 chance does not explain the measure
 * @param high {@code net} + 1.96 · {@code nullDeviation}
 */
public record NetOfNull(int permutations, double nullMean, double nullDeviation, double net, double low, double high) {
    /** Permutations that a null is taken over. */
    public static final int PERMUTATIONS = 20;
}
