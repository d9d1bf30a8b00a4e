package io.thetascope.measures.laziness;

import io.thetascope.contracts.analysis.LazinessResult;
import io.thetascope.contracts.identity.Step;
import io.thetascope.measures.CompensatedSum;
import io.thetascope.measures.NotMeasurableException;
import java.util.List;
import org.jspecify.annotations.Nullable;

// n images, c classes

/** Whether a run only trained the linearisation of its network at the start (MEASURES §7). */
public final class Laziness {
    /** h of the central differences: a power of two, so that h·Δ is exact. */
    public static final double STEP = 1.0 / 128;

    private Laziness() {}

    /**
     * The logits of one network at six places on the line through its start and its end, in evaluation mode with the same
     * running statistics. Not a record: it holds arrays.
     */
    public static final class Logits {
        final float[] startNC;
        final float[] endNC;
        final float[] aheadNC;
        final float[] behindNC;
        final float[] aheadHalfNC;
        final float[] behindHalfNC;

        /**
         * Keeps the logits, one image a row.
         *
         * @param startNC at θ0
         * @param endNC at θT
         * @param aheadNC at θ0 + hΔ
         * @param behindNC at θ0 − hΔ
         * @param aheadHalfNC at θ0 + hΔ/2
         * @param behindHalfNC at θ0 − hΔ/2
         */
        public Logits(
                float[] startNC,
                float[] endNC,
                float[] aheadNC,
                float[] behindNC,
                float[] aheadHalfNC,
                float[] behindHalfNC) {
            this.startNC = startNC;
            this.endNC = endNC;
            this.aheadNC = aheadNC;
            this.behindNC = behindNC;
            this.aheadHalfNC = aheadHalfNC;
            this.behindHalfNC = behindHalfNC;
        }

        private void requireFinite() {
            for (float[] logitsNC : List.of(startNC, endNC, aheadNC, behindNC, aheadHalfNC, behindHalfNC)) {
                for (float logit : logitsNC) {
                    if (!Float.isFinite(logit)) {
                        throw new NotMeasurableException("the logits on the line through the start and the end are not"
                                + " finite; train again with a smaller learning rate");
                    }
                }
            }
        }
    }

    /**
     * Measures a run.
     *
     * @param step the checkpoint at the end
     * @param images n
     * @param logits of the network
     * @param gates counted over the same images
     * @param relativeLive ‖Δ‖/‖θ0‖ over live parameters
     * @throws io.thetascope.measures.NotMeasurableException when a logit is not finite
     */
    public static LazinessResult measure(
            Step step, int images, Logits logits, GateCounts gates, @Nullable Double relativeLive) {
        logits.requireFinite();
        double[] change = change(logits.startNC, logits.endNC, 1);
        double size = norm(change);
        Double residual = size == 0 ? null : residual(change, change(logits.behindNC, logits.aheadNC, 2 * STEP), size);
        Double halved =
                size == 0 ? null : residual(change, change(logits.behindHalfNC, logits.aheadHalfNC, STEP), size);
        return new LazinessResult(
                step,
                images,
                residual,
                STEP,
                residual == null || halved == null ? null : (Double) Math.abs(residual - halved),
                gates.share(),
                gates.byLayer(),
                relativeLive);
    }

    /** Returns (to − from) / divisor. */
    private static double[] change(float[] from, float[] to, double divisor) {
        double[] change = new double[from.length];
        for (int i = 0; i < from.length; i++) {
            change[i] = ((double) to[i] - from[i]) / divisor;
        }
        return change;
    }

    private static double residual(double[] change, double[] linear, double size) {
        double[] rest = new double[change.length];
        for (int i = 0; i < change.length; i++) {
            rest[i] = change[i] - linear[i];
        }
        return norm(rest) / size;
    }

    private static double norm(double[] values) {
        CompensatedSum squares = new CompensatedSum();
        for (double value : values) {
            squares.add(value * value);
        }
        return squares.root();
    }
}
