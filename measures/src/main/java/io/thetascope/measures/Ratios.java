package io.thetascope.measures;

import org.jspecify.annotations.Nullable;

/** Quotients that are absent where their base is 0. */
public final class Ratios {
    private Ratios() {}

    /** Returns value / base, or nothing where the base is 0. */
    public static @Nullable Double of(double value, double base) {
        return base == 0 ? null : value / base;
    }

    /**
     * Returns the cosine of two vectors, or nothing where one of them is 0.
     *
     * @param dot their inner product
     * @param norm1 of the one
     * @param norm2 of the other
     */
    public static @Nullable Double cosine(double dot, double norm1, double norm2) {
        if (norm1 == 0 || norm2 == 0) {
            return null;
        }
        return Math.max(-1, Math.min(1, dot / norm1 / norm2)); // rounding must not leave the range
    }
}
