package io.thetascope.trainer.training;

import io.thetascope.contracts.identity.Step;

/** How a training ended, as far as the loop can know. */
public sealed interface TrainingEnding {
    /**
     * All epochs are done.
     *
     * @param last step
     */
    record Completed(Step last) implements TrainingEnding {}

    /**
     * The loss was not finite. A result, not a failure.
     *
     * @param lastFinite the last step whose training loss was finite
     * @param noticed the step after which it was seen; nothing between the two was kept
     */
    record Diverged(Step lastFinite, Step noticed) implements TrainingEnding {
        public Diverged {
            if (noticed.compareTo(lastFinite) < 0) {
                throw new IllegalArgumentException("noticed at " + noticed + " before it happened at " + lastFinite);
            }
        }

        /** Returns a sentence for people. */
        public String reason() {
            return "loss not finite: training loss finite up to step " + lastFinite
                    + ", not finite when looked at after step " + noticed;
        }
    }

    /**
     * Somebody asked for it; weights stay where they were.
     *
     * @param at the last step done
     */
    record Stopped(Step at) implements TrainingEnding {}
}
