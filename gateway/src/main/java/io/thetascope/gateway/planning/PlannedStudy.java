package io.thetascope.gateway.planning;

import io.thetascope.contracts.study.AcceptedStudy;
import io.thetascope.gateway.request.Problem;
import io.thetascope.gateway.request.RefusedRequestException;
import java.util.List;

/**
 * A study with everything that follows from its spec.
 *
 * @param study as it would be accepted
 * @param warnings for the reader of the plan
 * @param missing what a dry run can do without, but not the study itself
 */
public record PlannedStudy(AcceptedStudy study, List<PlanWarning> warnings, List<Problem> missing) {
    public PlannedStudy {
        warnings = List.copyOf(warnings);
        missing = List.copyOf(missing);
    }

    /**
     * Returns the study to accept.
     *
     * @throws RefusedRequestException where something is missing, with all of it
     */
    public AcceptedStudy acceptable() {
        if (!missing.isEmpty()) {
            throw new RefusedRequestException(missing);
        }
        return study;
    }
}
