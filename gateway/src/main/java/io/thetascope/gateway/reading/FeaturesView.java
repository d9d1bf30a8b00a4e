package io.thetascope.gateway.reading;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.thetascope.contracts.analysis.FeaturesResult;
import io.thetascope.contracts.analysis.WithinClassCorrelation;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.identity.Step;
import io.thetascope.gateway.damage.Damage;
import io.thetascope.gateway.damage.DamagedStep;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a run's features have to do with each other, by checkpoint (MEASURES §3).
 *
 * @param items ascending by step
 * @param withheld what was measured, but at a damaged checkpoint
 * @param damaged the damaged checkpoints; empty for a sound run
 */
public record FeaturesView(List<Item> items, List<Withheld> withheld, List<DamagedStep> damaged) {
    public FeaturesView {
        items = List.copyOf(items);
        withheld = List.copyOf(withheld);
        damaged = List.copyOf(damaged);
    }

    /**
     * A checkpoint; the numbers lie beside {@code start}.
     *
     * @param features measured
     * @param start the same at the run's own start; absent until it is measured
     */
    public record Item(
            @JsonUnwrapped FeaturesResult features,
            @Nullable Start start) {}

    /**
     * The features at the run's own θ0, beside which the others are read.
     *
     * @param meanAbsCorrelation mean |ρ| over pairs of live units; absent with fewer than two
     * @param participationRatio how many directions carried the variance
     * @param effectiveRank exp of the entropy of the singular values
     * @param withinClassMeanAbs mean |ρ| after the mean of its class was taken from every image
     */
    public record Start(
            @Nullable Double meanAbsCorrelation,
            @Nullable Double participationRatio,
            @Nullable Double effectiveRank,
            @Nullable Double withinClassMeanAbs) {
        static Start of(FeaturesResult start) {
            WithinClassCorrelation within = start.withinClass();
            return new Start(
                    start.meanAbsCorrelation(),
                    start.participationRatio(),
                    start.effectiveRank(),
                    within == null ? null : within.meanAbsolute());
        }
    }

    /** Returns the view of what is known of a run's features. */
    public static FeaturesView of(RunId run, List<AnalysisReading.Known> features, Damage damage) {
        Measured<FeaturesResult> measured = Measured.of(features, damage, FeaturesResult.class);
        Start start = measured.numbers().stream()
                .filter(item -> item.step().equals(Step.START))
                .findFirst()
                .map(Start::of)
                .orElse(null);
        return new FeaturesView(
                measured.numbers().stream().map(item -> new Item(item, start)).toList(),
                measured.withheld(),
                damage.of(run));
    }
}
