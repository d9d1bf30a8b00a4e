package io.thetascope.gateway.verdict;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was measured of a run after its last step. What is not known, damaged or withheld is absent, never 0.
 *
 * @param parameters of the network
 * @param changed F(0) of all parameters, 0–1
 * @param liveChanged F(0) of those that are not geometry-dead
 * @param residual of the linearisation (MEASURES §7)
 * @param relativeDistance ‖θT − θ0‖ / ‖θ0‖
 * @param meanCorrelation mean ρ of the penultimate features
 * @param moments its checkpoints at the ends of epochs, ascending
 */
public record Figures(
        @Nullable Long parameters,
        @Nullable Double changed,
        @Nullable Double liveChanged,
        @Nullable Double residual,
        @Nullable Double relativeDistance,
        @Nullable Double meanCorrelation,
        List<Moment> moments) {
    public Figures {
        moments = List.copyOf(moments);
    }
}
