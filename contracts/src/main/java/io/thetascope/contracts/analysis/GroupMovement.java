package io.thetascope.contracts.analysis;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far a part of the parameters moved: those of a kind, or the live ones.
 *
 * @param name weight, bias, norm-weight, norm-bias, or live
 * @param parameters how many
 * @param distance ‖θto − θfrom‖₂
 * @param distanceFromStart ‖θto − θ0‖₂
 * @param rmsFromStart ‖θto − θ0‖₂ / √parameters
 * @param norm ‖θto‖₂
 * @param startNorm ‖θ0‖₂
 * @param relative ‖θto − θ0‖₂ / ‖θ0‖₂; absent where θ0 is 0
 * @param cosineToStart absent where a norm is 0
 * @param cosineToPrevious cosine of θto − θfrom and the displacement before it; absent in the first piece and where one is 0
 * @param changed τ → share with |θto − θ0| > τ
 * @param change more ways to say how much changed
 */
public record GroupMovement(
        String name,
        long parameters,
        double distance,
        double distanceFromStart,
        double rmsFromStart,
        double norm,
        double startNorm,
        @Nullable Double relative,
        @Nullable Double cosineToStart,
        @Nullable Double cosineToPrevious,
        Map<String, Double> changed,
        ChangeMeasures change) {}
