package io.thetascope.measures.movement;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * F(τ): the share of parameters with |Δ| &gt; τ. Numeric, so −0 and +0 are equal; F(0) is "percent changed".
 */
final class ChangeCurve {
    /** Every τ by the key under which results carry it, ascending. */
    static final List<String> KEYS = List.of("0", "1e-8", "1e-7", "1e-6", "1e-5", "1e-4", "1e-3", "1e-2", "1e-1");

    /** The bits of every τ: those of numbers ≥ 0 are ordered as the numbers are, and integers compare without branches. */
    private static final long[] TAUS = KEYS.stream()
            .mapToLong(key -> Double.doubleToRawLongBits(Double.parseDouble(key)))
            .toArray();

    private final long[] passed = new long[TAUS.length + 1]; // by how many τ a difference exceeds
    private long total;

    void add(double difference) {
        long size = Double.doubleToRawLongBits(Math.abs(difference));
        int exceeded = 0;
        for (int i = 0; i < TAUS.length; i++) {
            exceeded += (int) ((TAUS[i] - size) >>> (Long.SIZE - 1));
        }
        passed[exceeded]++;
        total++;
    }

    void add(ChangeCurve other) {
        for (int i = 0; i < passed.length; i++) {
            passed[i] += other.passed[i];
        }
        total += other.total;
    }

    Map<String, Double> shares() {
        Map<String, Double> shares = new LinkedHashMap<>();
        long above = total;
        for (int i = 0; i < TAUS.length; i++) {
            above -= passed[i];
            shares.put(KEYS.get(i), (double) above / total);
        }
        return Collections.unmodifiableMap(shares);
    }
}
