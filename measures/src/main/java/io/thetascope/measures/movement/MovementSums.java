package io.thetascope.measures.movement;

import io.thetascope.contracts.analysis.ChangeMeasures;
import io.thetascope.contracts.analysis.GroupMovement;
import io.thetascope.measures.CompensatedSum;
import io.thetascope.measures.NotMeasurableException;
import io.thetascope.measures.Ratios;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The running sums from which every number of a movement follows, over a tensor or a part of the network. */
final class MovementSums {
    private final CompensatedSum stepSquares = new CompensatedSum(); // ‖to − from‖²
    private final CompensatedSum awaySquares = new CompensatedSum(); // ‖to − start‖²
    private final CompensatedSum toSquares = new CompensatedSum();
    private final CompensatedSum startSquares = new CompensatedSum();
    private final CompensatedSum products = new CompensatedSum(); // to · start
    private final CompensatedSum previousSquares = new CompensatedSum(); // ‖from − before‖²
    private final CompensatedSum turns = new CompensatedSum(); // (to − from) · (from − before)
    private final ChangeCurve curve = new ChangeCurve();
    private final ChangeCounts counts;
    private long parameters;

    /** Sums up the sums of several tensors. */
    MovementSums() {
        this(0);
    }

    /**
     * Sums up a tensor.
     *
     * @param startRms its root mean square at θ0
     */
    MovementSums(double startRms) {
        this.counts = new ChangeCounts(startRms);
    }

    /** Adds a piece: start, from, to, and the checkpoint before where there is one. */
    void add(List<float[]> pieces, int count) {
        addToStart(pieces.get(0), pieces.get(2), count);
        addStep(pieces.get(1), pieces.get(2), count);
        if (pieces.size() > 3) {
            addTurn(pieces.get(3), pieces.get(1), pieces.get(2), count);
        }
        counts.add(pieces.get(0), pieces.get(2), count);
        parameters += count;
    }

    private void addToStart(float[] start, float[] to, int count) {
        double away = 0;
        double toSquare = 0;
        double startSquare = 0;
        double product = 0;
        for (int i = 0; i < count; i++) {
            double s = start[i];
            double t = to[i];
            double difference = t - s;
            away += difference * difference;
            toSquare += t * t;
            startSquare += s * s;
            product += s * t;
            curve.add(difference);
        }
        awaySquares.add(away);
        toSquares.add(toSquare);
        startSquares.add(startSquare);
        products.add(product);
    }

    private void addStep(float[] from, float[] to, int count) {
        double step = 0;
        for (int i = 0; i < count; i++) {
            double difference = (double) to[i] - from[i];
            step += difference * difference;
        }
        stepSquares.add(step);
    }

    private void addTurn(float[] before, float[] from, float[] to, int count) {
        double previous = 0;
        double turn = 0;
        for (int i = 0; i < count; i++) {
            double earlier = (double) from[i] - before[i];
            previous += earlier * earlier;
            turn += earlier * ((double) to[i] - from[i]);
        }
        previousSquares.add(previous);
        turns.add(turn);
    }

    void add(MovementSums other) {
        stepSquares.add(other.stepSquares);
        awaySquares.add(other.awaySquares);
        toSquares.add(other.toSquares);
        startSquares.add(other.startSquares);
        products.add(other.products);
        previousSquares.add(other.previousSquares);
        turns.add(other.turns);
        curve.add(other.curve);
        counts.add(other.counts);
        parameters += other.parameters;
    }

    /** Refuses sums over values that are not finite: squares of finite floats cannot overflow a double. */
    void requireFinite(String name) {
        if (!Double.isFinite(stepSquares.value() + awaySquares.value() + previousSquares.value())) {
            throw new NotMeasurableException(
                    name + " holds values that are not finite; train again with a smaller learning rate");
        }
    }

    /** Returns the numbers as those of a part of the network. */
    GroupMovement group(String name) {
        return new GroupMovement(
                name,
                parameters,
                distance(),
                distanceFromStart(),
                rmsFromStart(),
                norm(),
                startNorm(),
                relative(),
                cosineToStart(),
                cosineToPrevious(),
                changed(),
                change());
    }

    long parameters() {
        return parameters;
    }

    double distance() {
        return stepSquares.root();
    }

    double distanceFromStart() {
        return awaySquares.root();
    }

    double rmsFromStart() {
        return Math.sqrt(awaySquares.value() / parameters);
    }

    double norm() {
        return toSquares.root();
    }

    double startNorm() {
        return startSquares.root();
    }

    @Nullable
    Double relative() {
        return Ratios.of(distanceFromStart(), startNorm());
    }

    @Nullable
    Double cosineToStart() {
        return Ratios.cosine(products.value(), norm(), startNorm());
    }

    /** Absent without a displacement before. */
    @Nullable
    Double cosineToPrevious() {
        return Ratios.cosine(turns.value(), previousSquares.root(), distance());
    }

    Map<String, Double> changed() {
        return curve.shares();
    }

    ChangeMeasures change() {
        return counts.shares();
    }
}
