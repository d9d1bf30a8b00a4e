package io.thetascope.gateway.report;

import io.thetascope.contracts.analysis.LazinessResult;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.identity.Step;
import org.jspecify.annotations.Nullable;

/**
 * What was measured of a run besides its movement.
 *
 * @param end its features after the last step planned
 * @param start its features at its own θ0, beside which the others are read
 * @param lazinessResidual ‖f(θT) − f(θ0) − JΔ‖ / ‖f(θT) − f(θ0)‖ (MEASURES §7)
 * @param residualUncertainty what float32 and the difference step leave open of it
 * @param switchedGates share of (image, ReLU) pairs that switched, 0–1
 * @param relativeLive ‖θT − θ0‖ / ‖θ0‖ over live parameters
 * @param integrity sound, damaged, or not audited
 */
public record RunPanel(
        FeatureFigures end,
        FeatureFigures start,
        @Nullable Double lazinessResidual,
        @Nullable Double residualUncertainty,
        @Nullable Double switchedGates,
        @Nullable Double relativeLive,
        String integrity) {
    static RunPanel of(RunId run, RunFeatures features, Step end, WholeRuns whole) {
        LazinessResult lazy = whole.laziness().get(run);
        return new RunPanel(
                features.at(end).map(FeatureFigures::of).orElse(FeatureFigures.NONE),
                features.at(Step.START).map(FeatureFigures::of).orElse(FeatureFigures.NONE),
                lazy == null ? null : lazy.residual(),
                lazy == null ? null : lazy.residualUncertainty(),
                lazy == null ? null : (Double) lazy.switchedGates(),
                lazy == null ? null : lazy.relativeLive(),
                whole.integrityOf(run).verdict());
    }
}
