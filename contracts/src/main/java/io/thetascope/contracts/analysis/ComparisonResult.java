package io.thetascope.contracts.analysis;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Two models against each other (MEASURES §5). For a perturbation the left is θ1, the right θ2, and the triangle with
 * θp is filled in; otherwise it is absent.
 *
 * @param norm1 ‖left‖₂
 * @param norm2 ‖right‖₂
 * @param distance ‖right − left‖₂
 * @param cosine of left and right; absent where a norm is 0
 * @param displaced ‖θp − θ1‖₂
 * @param moved ‖θ2 − θp‖₂
 * @param departure S = moved / displaced; 0: stayed where it was put. Absent at displacement 0
 * @param recovery R = 1 − distance / displaced; 1: came back. Absent at displacement 0
 * @param drift ‖θ2same − θ1‖₂ of the same-seed twin; absent where the study has none
 * @param ratioToDrift distance / drift
 * @param belowDrift whether displaced &lt; 0.1 · drift, so that R and S say nothing; absent without drift
 * @param label what to print instead of R where it says nothing
 * @param live the same of the parameters that are not geometry-dead; absent in results from before version 3
 * @param moduloSign the same after every unit before a BatchNorm was turned to γ &gt; 0; absent in networks without BatchNorm
 * @param layers the same of every parameter tensor, in the order of the network
 * @param features what the features of the two have to do with each other on the probe set; absent in results from before
 *     version 2
 * @param featuresAbsent why the features have nothing to do with each other that could be measured, such as dead units alone;
 *     absent where there are {@code features}, or none were asked for
 */
public record ComparisonResult(
        double norm1,
        double norm2,
        double distance,
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
        @Nullable FeatureSimilarity features,
        @Nullable String featuresAbsent) {
    /** The label of a displacement that is smaller than a tenth of what retraining alone moves. */
    public static final String BELOW_DRIFT = "displacement below drift";

    public ComparisonResult {
        layers = layers == null ? List.of() : List.copyOf(layers); // results from before version 3 have none
    }

    /** Returns the same with features. */
    public ComparisonResult with(FeatureSimilarity measured) {
        return with(measured, null);
    }

    /** Returns the numbers of the weights alone, and why there are no features; absent where there is nothing to say. */
    public ComparisonResult withoutFeatures(@Nullable String reason) {
        return with(null, reason);
    }

    private ComparisonResult with(@Nullable FeatureSimilarity measured, @Nullable String absent) {
        return new ComparisonResult(
                norm1,
                norm2,
                distance,
                cosine,
                displaced,
                moved,
                departure,
                recovery,
                drift,
                ratioToDrift,
                belowDrift,
                label,
                live,
                moduloSign,
                layers,
                measured,
                absent);
    }
}
