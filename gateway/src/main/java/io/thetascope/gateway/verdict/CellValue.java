package io.thetascope.gateway.verdict;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one cell says about one measure.
 *
 * @param cell network · data set · initialisation · optimizer, as far as the claim tells them apart
 * @param measure that of its threshold
 * @param n how many seeds gave a value that counts
 * @param mean of the values that count; absent without one
 * @param low of the 95 % t interval over seeds; absent with fewer than three
 * @param high of the same
 * @param perSeed the values that count
 * @param beyond true: wholly beyond the threshold; false: wholly on the other side; absent: neither
 * @param note what was left out, and what is missing
 */
public record CellValue(
        String cell,
        String measure,
        int n,
        @Nullable Double mean,
        @Nullable Double low,
        @Nullable Double high,
        List<Replicate> perSeed,
        @Nullable Boolean beyond,
        @Nullable String note) {
    public CellValue {
        perSeed = List.copyOf(perSeed);
    }
}
