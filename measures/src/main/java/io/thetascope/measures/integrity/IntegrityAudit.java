package io.thetascope.measures.integrity;

import io.thetascope.contracts.analysis.IntegrityResult;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.identity.Step;
import java.util.List;

/** Whether the checkpoints of a run are what they were announced as (MEASURES §8). */
@SuppressWarnings("DoNotCallSuggester")
public final class IntegrityAudit {
    private IntegrityAudit() {}

    /**
     * Audits a run.
     *
     * @param run whose
     * @param planned the steps of its schedule; of a run that diverged, those up to where it ended
     * @param checkpoints in the order of its result
     */
    public static IntegrityResult audit(RunId run, List<Step> planned, List<ExaminedCheckpoint> checkpoints) {
        throw new UnsupportedOperationException("in the making");
    }
}
