package io.thetascope.gateway.planning;

import io.thetascope.contracts.study.AcceptedStudy;
import java.util.List;
import java.util.stream.Stream;

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

    /** Returns this plan with one more warning, about what its spec does not tell, such as what was written at all. */
    public PlannedStudy with(PlanWarning warning) {
        return new PlannedStudy(
                study, Stream.concat(warnings.stream(), Stream.of(warning)).toList());
    }
}
