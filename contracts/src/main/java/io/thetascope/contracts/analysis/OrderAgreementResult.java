package io.thetascope.contracts.analysis;

import org.jspecify.annotations.Nullable;

/**
 * Whether two runs learned in the same order (MEASURES §4).
 *
 * @param classes over the onsets of the classes that both learned
 * @param blocks over t½ of the blocks that have one in both
 * @param tooCoarse why an order cannot be told, from either run; absent where it can
 */
public record OrderAgreementResult(
        RankAgreement classes,
        RankAgreement blocks,
        @Nullable String tooCoarse) {
    /**
     * Kendall's τ-b.
     *
     * @param n how many are ranked
     * @param tau −1 to 1; absent with fewer than two, or where one side is all ties
     * @param low of the 95 % interval after Fieller, Hartley and Pearson (1957), tanh(atanh τ ∓ 1.96 √(0.437/(n − 4))); absent
     *     with fewer than five, and at |τ| = 1
     * @param high of the same
     */
    public record RankAgreement(
            int n,
            @Nullable Double tau,
            @Nullable Double low,
            @Nullable Double high) {}
}
