package io.thetascope.gateway.projection;

import io.thetascope.contracts.identity.StudyId;
import io.thetascope.contracts.study.AcceptedStudy;
import java.util.Optional;

/** Where accepted studies are kept, whatever happens to the database. */
@FunctionalInterface
public interface AcceptedStudies {
    /** Reads a study; empty when it was never accepted. */
    Optional<AcceptedStudy> read(StudyId id);
}
