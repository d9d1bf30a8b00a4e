package io.thetascope.gateway.reading;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.thetascope.contracts.analysis.AnalysisInput;
import io.thetascope.contracts.analysis.AnalysisKind;
import io.thetascope.contracts.analysis.ComparisonResult;
import io.thetascope.contracts.event.AnalysisCompleted;
import io.thetascope.contracts.identity.AnalysisId;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.identity.Step;
import io.thetascope.contracts.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * A comparison as the API shows it; the numbers lie beside the other fields.
 *
 * @param comparisonId the analysis's id
 * @param kind perturbation, twin, effect, null or pair
 * @param outcome planned, measured, refused or failed
 * @param reason why it could not be measured
 * @param left one model
 * @param right the other
 * @param numbers once it is measured
 */
public record ComparisonView(
        AnalysisId comparisonId,
        AnalysisKind kind,
        String outcome,
        @Nullable String reason,
        @Nullable Side left,
        @Nullable Side right,
        @JsonUnwrapped @Nullable ComparisonResult numbers) {
    /**
     * A model.
     *
     * @param runId whose
     * @param step which checkpoint
     */
    public record Side(RunId runId, Step step) {}

    /** Returns the view of a comparison. */
    public static ComparisonView of(AnalysisReading.Known known) {
        AnalysisCompleted fact = known.fact();
        return new ComparisonView(
                known.id(),
                known.request().kind(),
                known.outcome(),
                fact == null ? null : fact.reason(),
                side(known, AnalysisInput.LEFT),
                side(known, AnalysisInput.RIGHT),
                fact == null || fact.result() == null ? null : Json.read(fact.result(), ComparisonResult.class));
    }

    private static @Nullable Side side(AnalysisReading.Known known, String name) {
        return known.request()
                .input(name)
                .map(i -> new Side(i.runId(), i.step()))
                .orElse(null);
    }
}
