package io.thetascope.contracts.analysis;

import io.thetascope.contracts.identity.Step;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far the parameters of one run moved (MEASURES §1 and §2). Buffers are never counted.
 *
 * @param fromStep the checkpoint before
 * @param toStep the checkpoint measured
 * @param parameters how many were measured
 * @param distance ‖θto − θfrom‖₂
 * @param distanceFromStart ‖θto − θ0‖₂
 * @param norm ‖θto‖₂
 * @param startNorm ‖θ0‖₂
 * @param relative ‖θto − θ0‖₂ / ‖θ0‖₂; absent at norm 0
 * @param cosineToStart cosine of θto and θ0; absent where a norm is 0
 * @param changed τ → share of parameters with |θto − θ0| > τ, 0–1
 * @param attribution why the rest did not change; absent in results from before it was counted
 * @param layers the same per parameter tensor, in the order of the network's description
 * @param cosineToPrevious cosine of θto − θfrom and the displacement before it; absent in the first piece and where one is 0
 * @param rmsFromStart ‖θto − θ0‖₂ / √parameters
 * @param change more ways to say how much changed
 * @param kinds the same per kind of parameter: weight, bias, norm-weight, norm-bias, as far as the network has them
 * @param live the same for the parameters that are not geometry-dead
 */
public record MovementResult(
        Step fromStep,
        Step toStep,
        long parameters,
        double distance,
        double distanceFromStart,
        double norm,
        double startNorm,
        @Nullable Double relative,
        @Nullable Double cosineToStart,
        Map<String, Double> changed,
        @Nullable Attribution attribution,
        List<LayerMovement> layers,
        @Nullable Double cosineToPrevious,
        @Nullable Double rmsFromStart,
        @Nullable ChangeMeasures change,
        List<GroupMovement> kinds,
        @Nullable GroupMovement live) {
    public MovementResult {
        layers = List.copyOf(layers);
        kinds = kinds == null ? List.of() : List.copyOf(kinds); // results before version 3 have none
    }
}
