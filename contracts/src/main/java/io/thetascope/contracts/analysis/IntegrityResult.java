package io.thetascope.contracts.analysis;

import io.thetascope.contracts.identity.Digest;
import io.thetascope.contracts.identity.Step;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether the checkpoints of a run are what they were announced as (MEASURES §8).
 *
 * @param sound whether there is no damage at all; warnings do not count
 * @param planned checkpoints that the schedule of the run names
 * @param checkpoints those that the result of the run names, in its order
 * @param damage what is wrong with the trajectory as a whole: gaps, steps out of order
 */
public record IntegrityResult(boolean sound, int planned, List<CheckpointAudit> checkpoints, List<Finding> damage) {
    public IntegrityResult {
        checkpoints = List.copyOf(checkpoints);
        damage = List.copyOf(damage);
    }

    /**
     * One checkpoint.
     *
     * @param step of the announcement
     * @param epoch of the announcement
     * @param key of the object
     * @param announced the digest in the result of the run
     * @param found the digest of the bytes that lie there; absent where nothing does
     * @param distancePerStep ‖θ − θ of the checkpoint before‖ / steps between; absent at the start and beside damage
     * @param damage why nothing measured from this checkpoint can be trusted
     * @param warnings what is odd about it
     */
    public record CheckpointAudit(
            Step step,
            int epoch,
            String key,
            Digest announced,
            @Nullable Digest found,
            @Nullable Double distancePerStep,
            List<Finding> damage,
            List<Finding> warnings) {
        public CheckpointAudit {
            damage = List.copyOf(damage);
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * What was found.
     *
     * @param code missing, damaged, swapped, unreadable, foreign, misplaced, not-finite, duplicate, gap, out-of-order, jump
     * @param says in words, with the remedy
     */
    public record Finding(String code, String says) {
        /** Nothing lies at the key. */
        public static final String MISSING = "missing";
        /** The bytes are not those that were announced. */
        public static final String DAMAGED = "damaged";
        /** The bytes are those of another checkpoint of the run. */
        public static final String SWAPPED = "swapped";
        /** The bytes are as announced, but no checkpoint of the network. */
        public static final String UNREADABLE = "unreadable";
        /** The file says that it is another run's. */
        public static final String FOREIGN = "foreign";
        /** The file says another step or epoch. */
        public static final String MISPLACED = "misplaced";
        /** A value is not finite. */
        public static final String NOT_FINITE = "not-finite";
        /** Every parameter and buffer equals that of another step. */
        public static final String DUPLICATE = "duplicate";
        /** A step of the schedule is not in the result. */
        public static final String GAP = "gap";
        /** The result does not name its steps in ascending order. */
        public static final String OUT_OF_ORDER = "out-of-order";
        /** A displacement per step of more than ten times its neighbours' median: a warning. */
        public static final String JUMP = "jump";
    }
}
