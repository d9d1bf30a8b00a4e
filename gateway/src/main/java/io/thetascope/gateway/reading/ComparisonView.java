package io.thetascope.gateway.reading;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.thetascope.contracts.analysis.AnalysisInput;
import io.thetascope.contracts.analysis.AnalysisKind;
import io.thetascope.contracts.analysis.ComparisonResult;
import io.thetascope.contracts.analysis.FeatureSimilarity;
import io.thetascope.contracts.identity.AnalysisId;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.identity.Step;
import io.thetascope.contracts.json.Json;
import io.thetascope.gateway.damage.Damage;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A comparison as the API shows it; the numbers lie beside the other fields.
 *
 * @param comparisonId the analysis's id
 * @param kind perturbation, twin, effect, null or pair
 * @param outcome planned, measured, refused, failed, or withheld where a checkpoint that it reads is damaged
 * @param reason why it could not be measured
 * @param left one model
 * @param right the other
 * @param numbers once it is measured, of the whole and of its parts ({@code live}, {@code moduloSign}, {@code layers}), with why
 *     there is no similarity where that could not be measured
 * @param similarity of the features, once it is measured; absent in results from before it was, and where {@code
 *     featuresAbsent} beside it says why
 */
public record ComparisonView(
        AnalysisId comparisonId,
        AnalysisKind kind,
        String outcome,
        @Nullable String reason,
        @Nullable Side left,
        @Nullable Side right,
        @JsonUnwrapped @Nullable ComparisonResult numbers,
        @JsonUnwrapped @Nullable FeatureSimilarity similarity) {
    /**
     * A model.
     *
     * @param runId whose
     * @param step which checkpoint
     */
    public record Side(RunId runId, Step step) {}

    /** Returns the view of a comparison. */
    public static ComparisonView of(AnalysisReading.Known known, Damage damage) {
        Optional<String> withheld = known.numbers().isEmpty() ? Optional.empty() : damage.withholds(known.request());
        ComparisonResult result = withheld.isPresent()
                ? null
                : known.numbers()
                        .map(numbers -> Json.read(numbers, ComparisonResult.class))
                        .orElse(null);
        return new ComparisonView(
                known.id(),
                known.request().kind(),
                withheld.isPresent() ? Damage.WITHHELD : known.outcome(),
                withheld.orElse(known.reason()),
                side(known, AnalysisInput.LEFT),
                side(known, AnalysisInput.RIGHT),
                // the features lie beside the numbers of the weights, not within them
                result == null ? null : result.withoutFeatures(result.featuresAbsent()),
                result == null ? null : result.features());
    }

    private static @Nullable Side side(AnalysisReading.Known known, String name) {
        return known.request()
                .input(name)
                .map(i -> new Side(i.runId(), i.step()))
                .orElse(null);
    }
}
