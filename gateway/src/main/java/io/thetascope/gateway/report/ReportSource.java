package io.thetascope.gateway.report;

import io.thetascope.contracts.identity.StudyId;
import java.util.Optional;

/** Where a report reads what is known about a study. */
public interface ReportSource {
    /** Returns everything known about a study so far, finished or not; empty for a study that was never accepted. */
    Optional<ReportData> read(StudyId studyId);
}
