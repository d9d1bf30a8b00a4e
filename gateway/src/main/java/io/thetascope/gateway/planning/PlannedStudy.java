package io.thetascope.gateway.planning;

import io.thetascope.contracts.study.AcceptedStudy;
import java.util.List;

/**
 * A study with everything that follows from its spec.
 *
 * @param study as it would be accepted
 * @param warnings for the reader of the plan
 */
public record PlannedStudy(AcceptedStudy study, List<PlanWarning> warnings) {
    public PlannedStudy {
        warnings = List.copyOf(warnings);
    }
}
