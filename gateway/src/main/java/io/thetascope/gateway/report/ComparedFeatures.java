package io.thetascope.gateway.report;

import io.thetascope.contracts.analysis.FeatureSimilarity;
import io.thetascope.contracts.analysis.NetOfNull;
import org.jspecify.annotations.Nullable;

/**
 * What the features of two models have to do with each other: the figures of {@link FeatureSimilarity}, absent unless
 * measured.
 *
 * @param images n
 * @param leftUnits units of the left that are compared
 * @param rightUnits units of the right that are compared
 * @param leftDeadUnits units of the left that are left out as dead
 * @param rightDeadUnits units of the right that are left out as dead
 * @param unitCorrelation mean ρ of unit i with unit i
 * @param unitCorrelationLabel why {@code unitCorrelation} means nothing
 * @param matchedCorrelation mean ρ over the best assignment of units, raw
 * @param matchedNet what of it is more than chance, with its interval
 * @param matchedNetWithinClass what of it is more than knowing the class
 * @param cka linear CKA, debiased
 * @param ckaNet what of it is more than chance
 * @param ckaBiased linear CKA as mostly published, biased
 * @param procrustes distance, 0–2
 * @param agreement share of the images to which both give the same class
 */
public record ComparedFeatures(
        @Nullable Integer images,
        @Nullable Integer leftUnits,
        @Nullable Integer rightUnits,
        @Nullable Integer leftDeadUnits,
        @Nullable Integer rightDeadUnits,
        @Nullable Double unitCorrelation,
        @Nullable String unitCorrelationLabel,
        @Nullable Double matchedCorrelation,
        @Nullable NetOfNull matchedNet,
        @Nullable NetOfNull matchedNetWithinClass,
        @Nullable Double cka,
        @Nullable NetOfNull ckaNet,
        @Nullable Double ckaBiased,
        @Nullable Double procrustes,
        @Nullable Double agreement) {
    /** Nothing is known. */
    static final ComparedFeatures NONE = new ComparedFeatures(
            null, null, null, null, null, null, null, null, null, null, null, null, null, null, null);

    static ComparedFeatures of(@Nullable FeatureSimilarity s) {
        return s == null
                ? NONE
                : new ComparedFeatures(
                        s.images(),
                        s.leftUnits(),
                        s.rightUnits(),
                        s.leftDeadUnits(),
                        s.rightDeadUnits(),
                        s.unitCorrelation(),
                        s.unitCorrelationLabel(),
                        s.matchedCorrelation(),
                        s.matchedNet(),
                        s.matchedNetWithinClass(),
                        s.cka(),
                        s.ckaNet(),
                        s.ckaBiased(),
                        s.procrustes(),
                        s.agreement());
    }
}
