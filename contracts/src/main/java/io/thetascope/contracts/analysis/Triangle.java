package io.thetascope.contracts.analysis;

import org.jspecify.annotations.Nullable;

/**
 * A part of two models, or the whole seen another way, with the triangle of perturbing and retraining where there is one
 * (MEASURES §5). Letters as in {@link ComparisonResult}.
 *
 * @param name a parameter tensor such as {@code conv1.weight}; live; or modulo-sign
 * @param parameters how many
 * @param norm1 ‖left‖₂
 * @param norm2 ‖right‖₂
 * @param distance ‖right − left‖₂
 * @param cosine of left and right; absent where a norm is 0
 * @param displaced ‖θp − θ1‖₂; absent unless the right is a perturbed child
 * @param moved ‖θ2 − θp‖₂; absent as there
 * @param departure S = moved / displaced; absent at displacement 0
 * @param recovery R = 1 − distance / displaced; absent at displacement 0
 * @param drift ‖θ2same − θ1‖₂; absent without a same-seed twin
 * @param ratioToDrift distance / drift; absent at drift 0
 */
public record Triangle(
        String name,
        long parameters,
        double norm1,
        double norm2,
        double distance,
        @Nullable Double cosine,
        @Nullable Double displaced,
        @Nullable Double moved,
        @Nullable Double departure,
        @Nullable Double recovery,
        @Nullable Double drift,
        @Nullable Double ratioToDrift) {
    /** The name of what is not geometry-dead. */
    public static final String LIVE = "live";
    /** The name of the whole after every unit before a BatchNorm was turned to γ &gt; 0. */
    public static final String MODULO_SIGN = "modulo-sign";
}
