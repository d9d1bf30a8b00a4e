package io.thetascope.contracts.analysis;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far one parameter tensor moved.
 *
 * @param name such as {@code conv1.weight}
 * @param kind weight, bias, norm-weight or norm-bias
 * @param parameters how many
 * @param distance ‖θto − θfrom‖₂
 * @param distanceFromStart ‖θto − θ0‖₂
 * @param rmsFromStart ‖θto − θ0‖₂ / √n, so that tensors of different size compare
 * @param norm ‖θto‖₂
 * @param startNorm ‖θ0‖₂
 * @param relative ‖θto − θ0‖₂ / ‖θ0‖₂; absent where θ0 is 0, as in fresh biases
 * @param cosineToStart absent where a norm is 0
 * @param changed τ → share with |θto − θ0| > τ
 * @param attribution why the rest did not change; absent in results from before it was counted
 * @param cosineToPrevious cosine of θto − θfrom and the displacement before it; absent in the first piece and where one is 0
 * @param change more ways to say how much changed; absent in results from before it was measured
 */
public record LayerMovement(
        String name,
        String kind,
        long parameters,
        double distance,
        double distanceFromStart,
        double rmsFromStart,
        double norm,
        double startNorm,
        @Nullable Double relative,
        @Nullable Double cosineToStart,
        Map<String, Double> changed,
        @Nullable Attribution attribution,
        @Nullable Double cosineToPrevious,
        @Nullable ChangeMeasures change) {}
