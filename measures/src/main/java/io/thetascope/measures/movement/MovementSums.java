package io.thetascope.measures.movement;

import io.thetascope.measures.CompensatedSum;
import io.thetascope.measures.NotMeasurableException;
import io.thetascope.measures.Ratios;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The running sums from which every number of a movement follows, over a tensor or a network. */
final class MovementSums {
    private final CompensatedSum stepSquares = new CompensatedSum(); // ‖to − from‖²
    private final CompensatedSum awaySquares = new CompensatedSum(); // ‖to − start‖²
    private final CompensatedSum toSquares = new CompensatedSum();
    private final CompensatedSum startSquares = new CompensatedSum();
    private final CompensatedSum products = new CompensatedSum(); // to · start
    private final ChangeCurve curve = new ChangeCurve();
    private long parameters;

    /** Adds a piece: start, from, to. */
    void add(List<float[]> pieces, int count) {
        addToStart(pieces.get(0), pieces.get(2), count);
        addStep(pieces.get(1), pieces.get(2), count);
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

    void add(MovementSums other) {
        stepSquares.add(other.stepSquares);
        awaySquares.add(other.awaySquares);
        toSquares.add(other.toSquares);
        startSquares.add(other.startSquares);
        products.add(other.products);
        curve.add(other.curve);
        parameters += other.parameters;
    }

    /** Refuses sums over values that are not finite: squares of finite floats cannot overflow a double. */
    void requireFinite(String name) {
        if (!Double.isFinite(stepSquares.value() + awaySquares.value())) {
            throw new NotMeasurableException(
                    name + " holds values that are not finite; train again with a smaller learning rate");
        }
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

    Map<String, Double> changed() {
        return curve.shares();
    }
}
