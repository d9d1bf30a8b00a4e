package io.thetascope.contracts.analysis;

import io.thetascope.contracts.identity.Step;
import org.jspecify.annotations.Nullable;

/**
 * Where a retraining is at one checkpoint.
 *
 * @param step of the retraining
 * @param norm ‖θ‖₂
 * @param distanceToParent ‖θ − θ1‖₂
 * @param distanceToStart ‖θ − θp‖₂
 * @param cosineToParent of θ and θ1; absent where a norm is 0
 * @param distanceToParentModuloSign ‖θ − θ1‖₂ after every unit before a BatchNorm was turned to γ &gt; 0; absent in networks
 *     without BatchNorm
 */
public record PathPoint(
        Step step,
        double norm,
        double distanceToParent,
        double distanceToStart,
        @Nullable Double cosineToParent,
        @Nullable Double distanceToParentModuloSign) {}
