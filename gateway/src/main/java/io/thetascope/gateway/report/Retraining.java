package io.thetascope.gateway.report;

import org.jspecify.annotations.Nullable;

/**
 * Where a retraining ended, seen from its parent θ1 and from the twins (MEASURES §5).
 *
 * @param norm1 ‖θ1‖₂, the parent's end
 * @param norm2 ‖θ2‖₂, this run's end
 * @param distance ‖θ2 − θ1‖₂
 * @param cosine of θ1 and θ2
 * @param displaced ‖θp − θ1‖₂; absent for twins
 * @param moved ‖θ2 − θp‖₂; absent for twins
 * @param recovery R; absent for twins, and where {@code recoveryLabel} says why it would say nothing
 * @param recoveryLabel what to print instead of R
 * @param departure S; absent where R is
 * @param drift ‖θ2same − θ1‖₂
 * @param ratioToDrift distance / drift
 * @param effect E = ‖θ2 − θ2same‖₂; absent for twins
 * @param nullDistance N = ‖θ2same − θ2new‖₂, the mean over the twins with a new seed
 * @param effectToNull E / N
 * @param regained when it was as good as its parent again
 */
public record Retraining(
        @Nullable Double norm1,
        @Nullable Double norm2,
        @Nullable Double distance,
        @Nullable Double cosine,
        @Nullable Double displaced,
        @Nullable Double moved,
        @Nullable Double recovery,
        @Nullable String recoveryLabel,
        @Nullable Double departure,
        @Nullable Double drift,
        @Nullable Double ratioToDrift,
        @Nullable Double effect,
        @Nullable Double nullDistance,
        @Nullable Double effectToNull,
        Regained regained) {
    static Retraining unknown(Regained regained) {
        return new Retraining(
                null, null, null, null, null, null, null, null, null, null, null, null, null, null, regained);
    }

    static Retraining of(ComparisonRow toParent, Regained regained) {
        boolean saysNothing = toParent.label() != null;
        return new Retraining(
                toParent.norm1(),
                toParent.norm2(),
                toParent.distance(),
                toParent.cosine(),
                toParent.displaced(),
                toParent.moved(),
                saysNothing ? null : toParent.recovery(),
                toParent.label(),
                saysNothing ? null : toParent.departure(),
                toParent.drift(),
                toParent.ratioToDrift(),
                null,
                null,
                null,
                regained);
    }

    Retraining against(@Nullable Double newEffect, @Nullable Double newNull) {
        Double ratio = newEffect != null && newNull != null && newNull > 0 ? newEffect / newNull : null;
        return new Retraining(
                norm1,
                norm2,
                distance,
                cosine,
                displaced,
                moved,
                recovery,
                recoveryLabel,
                departure,
                drift,
                ratioToDrift,
                newEffect,
                newNull,
                ratio,
                regained);
    }
}
