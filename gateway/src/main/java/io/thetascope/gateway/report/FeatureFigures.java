package io.thetascope.gateway.report;

import io.thetascope.contracts.analysis.FeaturesResult;
import io.thetascope.contracts.analysis.WithinClassCorrelation;
import org.jspecify.annotations.Nullable;

/**
 * The features of a run at one checkpoint, as the table of runs shows them (MEASURES §3).
 *
 * @param meanAbsCorrelation mean |ρ| over pairs of live penultimate units
 * @param withinClassMeanAbs the same after the mean of its class was taken from every image
 * @param participationRatio how many directions carry the variance
 * @param effectiveRank exp of the entropy of the singular values
 */
public record FeatureFigures(
        @Nullable Double meanAbsCorrelation,
        @Nullable Double withinClassMeanAbs,
        @Nullable Double participationRatio,
        @Nullable Double effectiveRank) {
    /** Nothing is known. */
    static final FeatureFigures NONE = new FeatureFigures(null, null, null, null);

    static FeatureFigures of(FeaturesResult seen) {
        WithinClassCorrelation within = seen.withinClass();
        return new FeatureFigures(
                seen.meanAbsCorrelation(),
                within == null ? null : within.meanAbsolute(),
                seen.participationRatio(),
                seen.effectiveRank());
    }
}
