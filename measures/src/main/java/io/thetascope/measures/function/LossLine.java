package io.thetascope.measures.function;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The loss along the straight line between two models, at equal distances from the one to the other (MEASURES §5). */
public final class LossLine {
    /** Parts that the line is cut into: eleven points. */
    public static final int PARTS = 10;

    private final double[] losses;

    private LossLine(double[] losses) {
        this.losses = losses;
    }

    /** Returns the points from 0, the left, to 1, the right. */
    public static List<Double> alphas() {
        return IntStream.rangeClosed(0, PARTS).mapToObj(i -> i / (double) PARTS).toList();
    }

    /** Keeps the losses at all points. */
    public static LossLine of(List<Double> losses) {
        if (losses.size() != PARTS + 1) {
            throw new IllegalArgumentException("a line has " + (PARTS + 1) + " points: " + losses.size());
        }
        return new LossLine(losses.stream().mapToDouble(Double::doubleValue).toArray());
    }

    /** Returns the losses, absent where they are not finite. */
    public List<@Nullable Double> finite() {
        List<@Nullable Double> finite = new ArrayList<>();
        for (double loss : losses) {
            finite.add(Double.isFinite(loss) ? (Double) loss : null);
        }
        return finite;
    }

    /**
     * Returns how far the line rises above the chord between its ends: max L(α) − [L(0) + α(L(1) − L(0))], 0 at the ends; absent
     * where a loss is not finite.
     */
    public @Nullable Double barrier() {
        double highest = 0;
        for (int i = 0; i <= PARTS; i++) {
            if (!Double.isFinite(losses[i])) {
                return null;
            }
            if (i > 0 && i < PARTS) { // at the ends by definition, whatever the rounding
                double chord = losses[0] + i / (double) PARTS * (losses[PARTS] - losses[0]);
                highest = Math.max(highest, losses[i] - chord);
            }
        }
        return highest;
    }
}
