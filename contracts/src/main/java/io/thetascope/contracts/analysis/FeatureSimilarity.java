package io.thetascope.contracts.analysis;

import org.jspecify.annotations.Nullable;

/**
 * What the penultimate features of two models have to do with each other on the same images (MEASURES §3).
 *
 * @param images n
 * @param leftUnits units of the left that are compared: live, above 1,024 those of highest variance
 * @param rightUnits units of the right that are compared
 * @param leftDeadUnits units of the left that are left out as dead
 * @param rightDeadUnits units of the right that are left out as dead
 * @param unitCorrelation mean ρ of unit i with unit i, over units that live on both sides; absent where there is none
 * @param unitCorrelationLabel why {@code unitCorrelation} means nothing; absent where both models descend from one start
 * @param matchedCorrelation mean ρ over the assignment of units that makes Σ ρ largest, signed
 * @param matchedNet what of it is more than chance: the images of one side permuted
 * @param matchedNetWithinClass the same, images permuted within their class alone: what is more than knowing the class
 * @param cka linear CKA, debiased: a ratio of HSIC₁, may be negative
 * @param ckaNet its null: the images of one side permuted
 * @param ckaBiased linear CKA as mostly published, 0–1; near 1 for anything when there are more units than images
 * @param procrustes 2 − 2‖X̂ᵀŶ‖* in [0, 2] on centred, Frobenius-normalised features
 * @param agreement share of the images to which both give the same class
 */
public record FeatureSimilarity(
        int images,
        int leftUnits,
        int rightUnits,
        int leftDeadUnits,
        int rightDeadUnits,
        @Nullable Double unitCorrelation,
        @Nullable String unitCorrelationLabel,
        double matchedCorrelation,
        NetOfNull matchedNet,
        NetOfNull matchedNetWithinClass,
        double cka,
        NetOfNull ckaNet,
        double ckaBiased,
        double procrustes,
        double agreement) {
    /** The label of a unit-by-unit correlation across different starts. */
    public static final String DIFFERENT_STARTS =
            "different starts: unit i of the one has nothing to do with unit i of the other";
}
