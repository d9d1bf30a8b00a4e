package io.thetascope.perturbation.retraining;

import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.identity.StudyId;
import io.thetascope.contracts.run.RunSpec;
import java.util.List;

/**
 * A generation-1 run that studies plan.
 *
 * @param runId its id
 * @param parent from whose end it starts
 * @param spec with an origin
 * @param studies that plan it, at least one
 */
record PlannedChild(RunId runId, RunId parent, RunSpec spec, List<StudyId> studies) {
    PlannedChild {
        studies = List.copyOf(studies);
        if (studies.isEmpty()) {
            throw new IllegalArgumentException("a planned run belongs to a study: " + runId);
        }
    }
}
