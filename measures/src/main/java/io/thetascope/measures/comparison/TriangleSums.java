package io.thetascope.measures.comparison;

import io.thetascope.contracts.analysis.Triangle;
import io.thetascope.measures.CompensatedSum;
import io.thetascope.measures.NotMeasurableException;
import io.thetascope.measures.Ratios;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The running sums from which every number of a comparison follows, over a tensor or a part of the network. */
final class TriangleSums {
    private final boolean withPerturbed;
    private final boolean withTwin;
    private final CompensatedSum leftSquares = new CompensatedSum();
    private final CompensatedSum rightSquares = new CompensatedSum();
    private final CompensatedSum products = new CompensatedSum();
    private final CompensatedSum distanceSquares = new CompensatedSum();
    private final CompensatedSum displacedSquares = new CompensatedSum();
    private final CompensatedSum movedSquares = new CompensatedSum();
    private final CompensatedSum driftSquares = new CompensatedSum();
    private long parameters;

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
        parameters += count;
    }

    /** Adds the sums of another part. */
    void add(TriangleSums other) {
        leftSquares.add(other.leftSquares);
        rightSquares.add(other.rightSquares);
        products.add(other.products);
        distanceSquares.add(other.distanceSquares);
        displacedSquares.add(other.displacedSquares);
        movedSquares.add(other.movedSquares);
        driftSquares.add(other.driftSquares);
        parameters += other.parameters;
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

    /** Returns the numbers as those of a part of the network. */
    Triangle triangle(String name) {
        Double displaced = withPerturbed ? displacedSquares.root() : null;
        Double moved = withPerturbed ? movedSquares.root() : null;
        Double drift = withTwin ? driftSquares.root() : null;
        double distance = distanceSquares.root();
        return new Triangle(
                name,
                parameters,
                leftSquares.root(),
                rightSquares.root(),
                distance,
                Ratios.cosine(products.value(), leftSquares.root(), rightSquares.root()),
                displaced,
                moved,
                (displaced == null || moved == null) ? null : Ratios.of(moved, displaced),
                recovery(distance, displaced),
                drift,
                drift == null ? null : Ratios.of(distance, drift));
    }

    private static @Nullable Double recovery(double distance, @Nullable Double displaced) {
        return (displaced == null || displaced == 0) ? null : 1 - distance / displaced;
    }
}
