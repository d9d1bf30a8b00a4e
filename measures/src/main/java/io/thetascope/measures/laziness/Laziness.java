package io.thetascope.measures.laziness;

import io.thetascope.contracts.analysis.LazinessResult;
import io.thetascope.contracts.identity.Step;
import org.jspecify.annotations.Nullable;

// n images, c classes

/** Whether a run only trained the linearisation of its network at the start (MEASURES §7). */
@SuppressWarnings("DoNotCallSuggester")
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
        throw new UnsupportedOperationException("in the making");
    }
}
