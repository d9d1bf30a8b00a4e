package io.thetascope.gateway.projection;

import io.thetascope.contracts.event.StudyAccepted;
import io.thetascope.contracts.event.StudyCancelled;
import io.thetascope.contracts.event.StudyCompleted;
import io.thetascope.contracts.study.AcceptedStudy;
import io.thetascope.gateway.database.Session;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the gateway's own facts mean when they come back: nothing new, except in a database that was lost. */
final class StudyFacts {
    private static final Logger LOG = LoggerFactory.getLogger(StudyFacts.class);

    private final AcceptedStudies accepted;

    StudyFacts(AcceptedStudies accepted) {
        this.accepted = accepted;
    }

    void accepted(Session session, StudyAccepted fact, Instant when) throws SQLException {
        StudyRows studies = new StudyRows(session);
        Optional<StudyRows.Standing> known = studies.find(fact.studyId());
        if (known.isEmpty()) {
            restore(studies, fact, when);
        } else if (known.get().revision() < fact.revision()) {
            studies.reopen(fact.studyId(), fact.revision(), when);
            studies.wantedAgainAt(fact.studyId(), when);
        } else {
            return;
        }
        new Completion(session).check(fact.studyId(), when);
    }

    private void restore(StudyRows studies, StudyAccepted fact, Instant when) throws SQLException {
        Optional<AcceptedStudy> study = accepted.read(fact.studyId());
        if (study.isEmpty()) {
            LOG.warn("study lost study={}: it was announced, but is not in the store", fact.studyId());
            return;
        }
        studies.insert(study.get(), fact.name(), fact.revision(), when);
        studies.wantedAgainAt(fact.studyId(), when);
        LOG.info("study restored study={} revision={}", fact.studyId(), fact.revision());
    }

    void cancelled(Session session, StudyCancelled fact, Instant when) throws SQLException {
        StudyRows studies = new StudyRows(session);
        Optional<StudyRows.Standing> known = studies.find(fact.studyId());
        if (known.isPresent()
                && known.get().revision() <= fact.revision()
                && known.get().state() != StudyState.CANCELLED) {
            studies.cancel(fact.studyId(), when);
        }
    }

    void completed(Session session, StudyCompleted fact) throws SQLException {
        session.update(
                "UPDATE study SET completions = ? WHERE study_id = ? AND completions < ?",
                fact.revision(),
                fact.studyId(),
                fact.revision());
    }
}
