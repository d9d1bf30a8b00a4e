package io.thetascope.contracts.analysis;

import io.thetascope.contracts.identity.Step;
import org.jspecify.annotations.Nullable;

/**
 * What the penultimate features of one checkpoint have to do with each other on the probe set (MEASURES §3).
 *
 * @param step the checkpoint measured
 * @param images n
 * @param units p, dead ones included
 * @param deadUnits units whose standard deviation is at most 1e-6 of the layer's median; left out
 * @param meanAbsCorrelation mean |ρ| over pairs of live units; absent with fewer than two
 * @param meanCorrelation mean ρ over pairs of live units
 * @param rmsCorrelation root mean square of ρ over pairs of live units
 * @param nullMeanAbsCorrelation √(2/(πn)): mean |ρ| of independent Gaussian units
 * @param accuracy share of the probe images classified right
 */
public record FeaturesResult(
        Step step,
        int images,
        int units,
        int deadUnits,
        @Nullable Double meanAbsCorrelation,
        @Nullable Double meanCorrelation,
        @Nullable Double rmsCorrelation,
        double nullMeanAbsCorrelation,
        double accuracy) {}
