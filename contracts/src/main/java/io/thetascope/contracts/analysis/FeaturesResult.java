package io.thetascope.contracts.analysis;

import io.thetascope.contracts.identity.Step;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
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
 * @param withinClass the same correlations after the mean of its class was taken from every image; absent in results from
 *     before version 2, and with fewer images than classes + 3
 * @param participationRatio (Σλ)²/Σλ² of the eigenvalues of the covariance of the live units: how many directions carry the
 *     variance, 1 to p
 * @param effectiveRank exp of the entropy of σ/Σσ, σ the singular values of the centred features of the units in the spectrum
 * @param spectrumUnits how many units the effective rank is taken over: the live ones, above 1,024 those of highest variance
 * @param recall by class, from 0: which share of the probe images of the class is classified right; absent for a class that
 *     the probe set lacks
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
        double accuracy,
        @Nullable WithinClassCorrelation withinClass,
        @Nullable Double participationRatio,
        @Nullable Double effectiveRank,
        @Nullable Integer spectrumUnits,
        List<@Nullable Double> recall) {
    public FeaturesResult {
        recall = recall == null ? List.of() : Collections.unmodifiableList(new ArrayList<>(recall)); // may hold nulls
    }
}
