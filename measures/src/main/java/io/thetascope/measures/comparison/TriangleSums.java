package io.thetascope.measures.comparison;

import io.thetascope.contracts.analysis.ComparisonResult;
import io.thetascope.measures.CompensatedSum;
import io.thetascope.measures.NotMeasurableException;
import io.thetascope.measures.Ratios;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The running sums from which every number of a comparison follows. */
final class TriangleSums {
    /** A displacement below this share of the drift says nothing by itself. */
    private static final double DRIFT_SHARE = 0.1;

    private final boolean withPerturbed;
    private final boolean withTwin;
    private final CompensatedSum leftSquares = new CompensatedSum();
    private final CompensatedSum rightSquares = new CompensatedSum();
    private final CompensatedSum products = new CompensatedSum();
    private final CompensatedSum distanceSquares = new CompensatedSum();
    private final CompensatedSum displacedSquares = new CompensatedSum();
    private final CompensatedSum movedSquares = new CompensatedSum();
    private final CompensatedSum driftSquares = new CompensatedSum();

    TriangleSums(boolean withPerturbed, boolean withTwin) {
        this.withPerturbed = withPerturbed;
        this.withTwin = withTwin;
    }

    /** Adds a piece: left, right, then the perturbed and the twin where there are such. */
    void add(List<float[]> pieces, int count) {
        float[] left = pieces.get(0);
        float[] right = pieces.get(1);
        addSides(left, right, count);
        distanceSquares.add(squaredDistance(left, right, count));
        if (withPerturbed) {
            displacedSquares.add(squaredDistance(left, pieces.get(2), count));
            movedSquares.add(squaredDistance(pieces.get(2), right, count));
        }
        if (withTwin) {
            driftSquares.add(squaredDistance(left, pieces.get(pieces.size() - 1), count));
        }
    }

    private void addSides(float[] left, float[] right, int count) {
        double leftSquare = 0;
        double rightSquare = 0;
        double product = 0;
        for (int i = 0; i < count; i++) {
            double l = left[i];
            double r = right[i];
            leftSquare += l * l;
            rightSquare += r * r;
            product += l * r;
        }
        leftSquares.add(leftSquare);
        rightSquares.add(rightSquare);
        products.add(product);
    }

    private static double squaredDistance(float[] a, float[] b, int count) {
        double sum = 0;
        for (int i = 0; i < count; i++) {
            double difference = (double) a[i] - b[i];
            sum += difference * difference;
        }
        return sum;
    }

    /** Refuses sums over values that are not finite: squares of finite floats cannot overflow a double. */
    void requireFinite(String name) {
        double all = distanceSquares.value() + displacedSquares.value() + movedSquares.value() + driftSquares.value();
        if (!Double.isFinite(all)) {
            throw new NotMeasurableException(
                    name + " holds values that are not finite; train again with a smaller learning rate");
        }
    }

    ComparisonResult result() {
        double distance = distanceSquares.root();
        Double displaced = withPerturbed ? displacedSquares.root() : null;
        Double moved = withPerturbed ? movedSquares.root() : null;
        Double drift = withTwin ? driftSquares.root() : null;
        Boolean belowDrift = (displaced == null || drift == null) ? null : displaced < DRIFT_SHARE * drift;
        return new ComparisonResult(
                leftSquares.root(),
                rightSquares.root(),
                distance,
                Ratios.cosine(products.value(), leftSquares.root(), rightSquares.root()),
                displaced,
                moved,
                (displaced == null || moved == null) ? null : Ratios.of(moved, displaced),
                recovery(distance, displaced),
                drift,
                drift == null ? null : Ratios.of(distance, drift),
                belowDrift,
                label(belowDrift),
                null,
                null,
                List.of(),
                null,
                null);
    }

    private @Nullable String label(@Nullable Boolean belowDrift) {
        if (withPerturbed && !withTwin) {
            return Comparison.DRIFT_UNKNOWN;
        }
        return Boolean.TRUE.equals(belowDrift) ? ComparisonResult.BELOW_DRIFT : null;
    }

    private static @Nullable Double recovery(double distance, @Nullable Double displaced) {
        return (displaced == null || displaced == 0) ? null : 1 - distance / displaced;
    }
}
