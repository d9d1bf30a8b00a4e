package io.thetascope.contracts.analysis;

import java.util.List;

/**
 * The way of a retraining, seen from where its parent ended and from where it was put (MEASURES §5).
 *
 * @param parentNorm ‖θ1‖₂
 * @param displaced ‖θp − θ1‖₂; 0 for a twin
 * @param points one for every checkpoint of the retraining, ascending by step, step 0 (θp) first
 */
public record RetrainingPathResult(double parentNorm, double displaced, List<PathPoint> points) {
    public RetrainingPathResult {
        points = List.copyOf(points);
    }
}
