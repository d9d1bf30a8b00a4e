package io.thetascope.gateway.report;

import io.thetascope.contracts.analysis.IntegrityResult;
import io.thetascope.gateway.damage.DamagedStep;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether the checkpoints of a run are what they were announced as (MEASURES §8).
 *
 * @param verdict sound, damaged, or not audited
 * @param planned checkpoints that the schedule names; absent where it was not audited
 * @param checkpoints that were audited; absent where it was not audited
 * @param damaged what is wrong; empty for a sound run
 * @param warnings what is odd, in words
 */
public record RunIntegrity(
        String verdict,
        @Nullable Integer planned,
        @Nullable Integer checkpoints,
        List<DamagedStep> damaged,
        List<String> warnings) {
    /** Every checkpoint is what it was announced as. */
    public static final String SOUND = "sound";
    /** At least one checkpoint, or the trajectory, is not. */
    public static final String DAMAGED = "damaged";
    /** Nobody looked. */
    public static final String NOT_AUDITED = "not audited";

    public RunIntegrity {
        damaged = List.copyOf(damaged);
        warnings = List.copyOf(warnings);
    }

    static RunIntegrity of(@Nullable IntegrityResult audit, List<DamagedStep> damaged) {
        if (audit == null) {
            return new RunIntegrity(damaged.isEmpty() ? NOT_AUDITED : DAMAGED, null, null, damaged, List.of());
        }
        return new RunIntegrity(
                damaged.isEmpty() ? SOUND : DAMAGED,
                audit.planned(),
                audit.checkpoints().size(),
                damaged,
                audit.checkpoints().stream()
                        .flatMap(checkpoint -> checkpoint.warnings().stream()
                                .map(w -> "step " + checkpoint.step() + ": " + w.code() + ", " + w.says()))
                        .toList());
    }
}
