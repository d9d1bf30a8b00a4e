package io.thetascope.contracts.analysis;

import org.jspecify.annotations.Nullable;

/**
 * Correlations between live units after the mean of its class was taken from every image: what units share beyond knowing the
 * class.
 *
 * @param meanAbsolute mean |ρ| over pairs of live units; absent with fewer than two
 * @param mean mean ρ
 * @param rms root mean square of ρ
 * @param nullMeanAbsolute √(2/(π(n − c + 1))): mean |ρ| of independent Gaussian units, c classes taken out
 */
public record WithinClassCorrelation(
        @Nullable Double meanAbsolute,
        @Nullable Double mean,
        @Nullable Double rms,
        double nullMeanAbsolute) {}
