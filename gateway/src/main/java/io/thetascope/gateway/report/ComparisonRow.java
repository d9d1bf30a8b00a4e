package io.thetascope.gateway.report;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.thetascope.contracts.analysis.AnalysisInput;
import io.thetascope.contracts.analysis.AnalysisKind;
import io.thetascope.contracts.analysis.AnalysisRequest;
import io.thetascope.contracts.analysis.ComparisonResult;
import io.thetascope.contracts.analysis.Triangle;
import io.thetascope.contracts.identity.AnalysisId;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.identity.Step;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Two models against each other, measured or not; the figures are those of {@link ComparisonResult} and absent unless
 * measured.
 *
 * @param comparisonId the analysis
 * @param kind perturbation, twin, effect, null or pair
 * @param left one model
 * @param right the other
 * @param norm1 ‖left‖₂
 * @param norm2 ‖right‖₂
 * @param distance ‖right − left‖₂
 * @param cosine of left and right
 * @param displaced ‖θp − θ1‖₂
 * @param moved ‖θ2 − θp‖₂
 * @param departure S
 * @param recovery R
 * @param drift ‖θ2same − θ1‖₂
 * @param ratioToDrift distance / drift
 * @param belowDrift whether R and S say nothing
 * @param label what to print instead of R where it says nothing
 * @param live the same of the parameters that are not geometry-dead
 * @param moduloSign the same once every unit before a BatchNorm is turned to γ &gt; 0; absent in networks without one
 * @param layers the same of every parameter tensor, in the order of the network; empty unless measured
 * @param features what the features of the two have to do with each other; its fields lie beside the others
 * @param featuresAbsent why the features could not be compared where the weights could
 * @param outcome measured, refused, failed, withheld, or planned where it has not ended
 * @param reason why it was not measured
 */
public record ComparisonRow(
        AnalysisId comparisonId,
        AnalysisKind kind,
        @Nullable Model left,
        @Nullable Model right,
        @Nullable Double norm1,
        @Nullable Double norm2,
        @Nullable Double distance,
        @Nullable Double cosine,
        @Nullable Double displaced,
        @Nullable Double moved,
        @Nullable Double departure,
        @Nullable Double recovery,
        @Nullable Double drift,
        @Nullable Double ratioToDrift,
        @Nullable Boolean belowDrift,
        @Nullable String label,
        @Nullable Triangle live,
        @Nullable Triangle moduloSign,
        List<Triangle> layers,
        @JsonUnwrapped ComparedFeatures features,
        @Nullable String featuresAbsent,
        String outcome,
        @Nullable String reason) {
    public ComparisonRow {
        layers = List.copyOf(layers);
    }

    /**
     * A model that is compared.
     *
     * @param runId whose
     * @param step its checkpoint
     */
    public record Model(RunId runId, Step step) {}

    static ComparisonRow measured(AnalysisRequest request, ComparisonResult r) {
        return new ComparisonRow(
                request.id(),
                request.kind(),
                model(request, AnalysisInput.LEFT),
                model(request, AnalysisInput.RIGHT),
                r.norm1(),
                r.norm2(),
                r.distance(),
                r.cosine(),
                r.displaced(),
                r.moved(),
                r.departure(),
                r.recovery(),
                r.drift(),
                r.ratioToDrift(),
                r.belowDrift(),
                r.label(),
                r.live(),
                r.moduloSign(),
                r.layers(),
                ComparedFeatures.of(r.features()),
                r.featuresAbsent(),
                Ending.MEASURED,
                null);
    }

    static ComparisonRow missing(AnalysisRequest request, Ending ending) {
        return new ComparisonRow(
                request.id(),
                request.kind(),
                model(request, AnalysisInput.LEFT),
                model(request, AnalysisInput.RIGHT),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                List.of(),
                ComparedFeatures.NONE,
                null,
                ending.outcome(),
                ending.reason());
    }

    private static @Nullable Model model(AnalysisRequest request, String input) {
        return request.input(input).map(i -> new Model(i.runId(), i.step())).orElse(null);
    }

    /** Whether the numbers are there. */
    boolean wasMeasured() {
        return outcome.equals(Ending.MEASURED);
    }

    boolean of(AnalysisKind wanted, RunId oneSide) {
        return kind == wanted
                && ((left != null && left.runId().equals(oneSide))
                        || (right != null && right.runId().equals(oneSide)));
    }
}
