package io.thetascope.contracts.analysis;

import io.thetascope.contracts.identity.Step;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether a run only trained the linearisation of its network at the start (MEASURES §7), on the probe set. BatchNorm uses the
 * running statistics of the checkpoint at {@code step} throughout.
 *
 * @param step the checkpoint measured
 * @param images n
 * @param residual ‖f(θT) − f(θ0) − JΔ‖ / ‖f(θT) − f(θ0)‖ over the logits; 0 for a linear network. Absent where the function did
 *     not change
 * @param differenceStep h of the central difference (f(θ0 + hΔ) − f(θ0 − hΔ)) / 2h that gives JΔ
 * @param residualUncertainty by how much the residual differs when h is halved: what float32 and h leave open
 * @param switchedGates share of (image, ReLU) pairs that are open at one end and closed at the other
 * @param gates the same per ReLU layer
 * @param relativeLive ‖θT − θ0‖ / ‖θ0‖ over live parameters
 */
public record LazinessResult(
        Step step,
        int images,
        @Nullable Double residual,
        double differenceStep,
        @Nullable Double residualUncertainty,
        double switchedGates,
        List<LayerGates> gates,
        @Nullable Double relativeLive) {
    public LazinessResult {
        gates = List.copyOf(gates);
    }

    /**
     * The gates of a layer.
     *
     * @param layer name of the ReLU
     * @param switched share of (image, unit) pairs that are open at one end and closed at the other
     */
    public record LayerGates(String layer, double switched) {}
}
