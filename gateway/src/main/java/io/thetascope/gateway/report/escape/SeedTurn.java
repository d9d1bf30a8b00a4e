package io.thetascope.gateway.report.escape;

import io.thetascope.contracts.identity.RunId;
import io.thetascope.gateway.report.chart.Point;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where one parent's curve passes a threshold for good: after its last value short of it. Between two values the curve is taken as a
 * straight line over the logarithm of the value.
 *
 * @param parentRunId the parent
 * @param seed of it
 * @param side of the sweep
 * @param value of the perturbation; absent unless within
 * @param points values that count
 */
public record SeedTurn(
        RunId parentRunId, long seed, Side side, @Nullable Double value, int points) {
    /**
     * Finds where the curve reaches a threshold and stays at it or above.
     *
     * @param curve ascending by x, the exponent of ten of the value
     */
    static SeedTurn of(RunId parent, long seed, List<Point> curve, double threshold) {
        int last = curve.size() - 1;
        if (last < 0) {
            return new SeedTurn(parent, seed, Side.UNKNOWN, null, 0);
        }
        int below = last;
        while (below >= 0 && curve.get(below).y() >= threshold) {
            below--;
        }
        if (below == last || below < 0) {
            return new SeedTurn(parent, seed, below < 0 ? Side.BELOW : Side.ABOVE, null, curve.size());
        }
        Point from = curve.get(below);
        Point to = curve.get(below + 1);
        double exponent = from.x() + (threshold - from.y()) / (to.y() - from.y()) * (to.x() - from.x());
        return new SeedTurn(parent, seed, Side.WITHIN, Math.pow(10, exponent), curve.size());
    }
}
