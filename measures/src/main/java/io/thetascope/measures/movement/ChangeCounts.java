package io.thetascope.measures.movement;

import io.thetascope.contracts.analysis.ChangeMeasures;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts how much changed, measured otherwise than by |Δ| alone (MEASURES §2): relatively, in units in the last place, by sign. */
final class ChangeCounts {
    /** Every ρ by the key under which results carry it, ascending. */
    private static final List<String> RELATIVE_KEYS = List.of("1e-6", "1e-4", "1e-3", "1e-2", "1e-1");

    private static final List<String> ULP_KEYS = List.of("0", "1", "16", "256");

    private static final double[] RHOS =
            RELATIVE_KEYS.stream().mapToDouble(Double::parseDouble).toArray();
    private static final long[] ULPS =
            ULP_KEYS.stream().mapToLong(Long::parseLong).toArray();

    private final double startRms;
    private final long[] passedRelative = new long[RHOS.length + 1]; // by how many ρ a change exceeds
    private final long[] passedUlps = new long[ULPS.length + 1];
    private long withBase;
    private long signs;
    private long total;

    /**
     * Counts the parameters of a tensor, or sums up those of several.
     *
     * @param startRms root mean square of the tensor at θ0; at 0 nothing is counted relatively
     */
    ChangeCounts(double startRms) {
        this.startRms = startRms;
    }

    void add(float[] start, float[] to, int count) {
        for (int i = 0; i < count; i++) {
            long ulps = Math.abs((long) ordered(to[i]) - ordered(start[i]));
            int exceeded = 0;
            for (long bound : ULPS) {
                exceeded += (int) ((bound - ulps) >>> (Long.SIZE - 1));
            }
            passedUlps[exceeded]++;
            signs += (double) start[i] * to[i] < 0 ? 1 : 0;
        }
        if (startRms > 0) {
            addRelative(start, to, count);
            withBase += count;
        }
        total += count;
    }

    private void addRelative(float[] start, float[] to, int count) {
        for (int i = 0; i < count; i++) {
            double size = Math.abs((double) to[i] - start[i]);
            double base = Math.max(Math.abs(start[i]), startRms);
            int exceeded = 0;
            for (double rho : RHOS) {
                exceeded += size > rho * base ? 1 : 0;
            }
            passedRelative[exceeded]++;
        }
    }

    /** The monotone integer map of floats: neighbours differ by 1, and −0 is +0. */
    private static int ordered(float value) {
        int bits = Float.floatToRawIntBits(value);
        return bits < 0 ? Integer.MIN_VALUE - bits : bits;
    }

    void add(ChangeCounts other) {
        addTo(passedRelative, other.passedRelative);
        addTo(passedUlps, other.passedUlps);
        withBase += other.withBase;
        signs += other.signs;
        total += other.total;
    }

    private static void addTo(long[] counts, long[] more) {
        for (int i = 0; i < counts.length; i++) {
            counts[i] += more[i];
        }
    }

    ChangeMeasures shares() {
        return new ChangeMeasures(
                withBase == 0 ? Map.of() : shares(RELATIVE_KEYS, passedRelative, withBase),
                shares(ULP_KEYS, passedUlps, total),
                (double) signs / total);
    }

    private static Map<String, Double> shares(List<String> keys, long[] passed, long of) {
        Map<String, Double> shares = new LinkedHashMap<>();
        long above = of;
        for (int i = 0; i < passed.length - 1; i++) {
            above -= passed[i];
            shares.put(keys.get(i), (double) above / of);
        }
        return shares;
    }
}
