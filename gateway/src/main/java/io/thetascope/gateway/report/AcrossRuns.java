package io.thetascope.gateway.report;

import io.thetascope.contracts.analysis.AnalysisInput;
import io.thetascope.contracts.analysis.AnalysisKind;
import io.thetascope.contracts.analysis.AnalysisRequest;
import io.thetascope.contracts.identity.AnalysisId;
import io.thetascope.contracts.identity.RunId;
import org.jspecify.annotations.Nullable;

/**
 * A measure that holds two runs against each other, measured or not.
 *
 * @param analysisId the analysis
 * @param kind alignment or order-agreement
 * @param left one run
 * @param right the other
 * @param numbers of the kind; absent unless measured
 * @param outcome measured, refused, failed, withheld, or planned where it has not ended
 * @param reason why there are no numbers
 * @param <T> of the kind
 */
public record AcrossRuns<T>(
        AnalysisId analysisId,
        AnalysisKind kind,
        RunId left,
        RunId right,
        @Nullable T numbers,
        String outcome,
        @Nullable String reason) {
    static <T> AcrossRuns<T> of(AnalysisRequest request, Ending.Reading<T> reading) {
        return new AcrossRuns<>(
                request.id(),
                request.kind(),
                side(request, AnalysisInput.LEFT),
                side(request, AnalysisInput.RIGHT),
                reading.numbers().orElse(null),
                reading.ending().outcome(),
                reading.ending().reason());
    }

    /** A side's inputs are named after it, followed by the step where there are several. */
    private static RunId side(AnalysisRequest request, String side) {
        return request.inputs().stream()
                .filter(input -> input.name().startsWith(side))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("analysis " + request.id() + " has no " + side))
                .runId();
    }
}
