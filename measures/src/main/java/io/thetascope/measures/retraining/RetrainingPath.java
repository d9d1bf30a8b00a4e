package io.thetascope.measures.retraining;

import io.thetascope.contracts.analysis.ComparisonResult;
import io.thetascope.contracts.analysis.PathPoint;
import io.thetascope.contracts.analysis.RetrainingPathResult;
import io.thetascope.contracts.identity.Step;
import io.thetascope.measures.NotMeasurableException;
import io.thetascope.measures.Weights;
import io.thetascope.measures.comparison.Comparison;
import io.thetascope.networks.NetworkDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Follows a retraining from θp on, checkpoint by checkpoint: one pass over each, beside θ1 and θp; memory independent of the
 * model and of their number. One use, one thread.
 */
public final class RetrainingPath {
    private final NetworkDescription network;
    private final Weights parent;
    private final Weights start;
    private final List<PathPoint> points = new ArrayList<>();
    private final double parentNorm;
    private final double displaced;

    /**
     * Starts at step 0.
     *
     * @param network of both
     * @param parent θ1
     * @param start θp, the checkpoint of the retraining at step 0; equal to θ1 for a twin
     * @throws NotMeasurableException when a value is not finite
     */
    public RetrainingPath(NetworkDescription network, Weights parent, Weights start) {
        this.network = network;
        this.parent = parent;
        this.start = start;
        ComparisonResult first = Comparison.measure(network, parent, start, start, null);
        this.parentNorm = first.norm1();
        this.displaced = first.distance();
        points.add(point(Step.START, first));
    }

    /**
     * Goes on to a checkpoint.
     *
     * @param step later than those before
     * @param at its parameters, not read after the call
     * @throws NotMeasurableException when a value is not finite
     */
    public void add(Step step, Weights at) {
        Step last = points.get(points.size() - 1).step();
        if (step.compareTo(last) <= 0) {
            throw new IllegalArgumentException("steps must ascend: " + step + " after " + last);
        }
        points.add(point(step, Comparison.measure(network, parent, at, start, null)));
    }

    private static PathPoint point(Step step, ComparisonResult there) {
        return new PathPoint(
                step,
                there.norm2(),
                there.distance(),
                Objects.requireNonNull(there.moved()),
                there.cosine(),
                there.moduloSign() == null ? null : (Double) there.moduloSign().distance());
    }

    /** Returns the way so far. */
    public RetrainingPathResult result() {
        return new RetrainingPathResult(parentNorm, displaced, points);
    }
}
