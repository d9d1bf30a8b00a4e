package io.thetascope.gateway.acceptance;

import io.thetascope.artifacts.store.ObjectStore;
import io.thetascope.contracts.event.StudyAccepted;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.run.RunResult;
import io.thetascope.contracts.study.AcceptedStudy;
import io.thetascope.contracts.study.PlannedRun;
import io.thetascope.gateway.database.Database;
import io.thetascope.gateway.database.Session;
import io.thetascope.gateway.dataset.Datasets;
import io.thetascope.gateway.outbox.Outbox;
import io.thetascope.gateway.planning.MissingWeights;
import io.thetascope.gateway.projection.Completion;
import io.thetascope.gateway.projection.StudyRows;
import io.thetascope.gateway.projection.StudyState;
import io.thetascope.gateway.reading.Progress;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Accepts planned studies: files first, then rows and announcements in one transaction. */
public final class StudyAcceptance {
    private static final Logger LOG = LoggerFactory.getLogger(StudyAcceptance.class);

    private final Database database;
    private final ObjectStore store;
    private final StudyFiles files;
    private final Datasets datasets;
    private final Queueing queueing;
    private final StudyLock lock;
    private final InstantSource clock;

    /** Accepts into these. */
    public StudyAcceptance(
            Database database,
            ObjectStore store,
            Datasets datasets,
            Queueing queueing,
            StudyLock lock,
            InstantSource clock) {
        this.database = database;
        this.lock = lock;
        this.store = store;
        this.files = new StudyFiles(store);
        this.datasets = datasets;
        this.queueing = queueing;
        this.clock = clock;
    }

    /** What became of a request. */
    public enum Answer {
        /** The study is new, or was cancelled and is wanted again. */
        ACCEPTED,
        /** The study was there already. */
        KNOWN
    }

    /** Accepts a study; the same study again changes nothing, unless it was cancelled. One at a time. */
    public Answer accept(AcceptedStudy study) {
        if (study.runs().stream().anyMatch(run -> MissingWeights.in(run.spec()))) {
            throw new IllegalArgumentException("a dry run is no study, its weights are missing: " + study.studyId());
        }
        return lock.alone(() -> acceptAlone(study));
    }

    private Answer acceptAlone(AcceptedStudy study) {
        if (isOpen(study)) {
            return Answer.KNOWN;
        }
        study.datasets().forEach(source -> datasets.store(source, store));
        files.write(study);
        List<RunId> unknown = database.call(session -> KnownResults.unknown(session, study));
        List<RunResult> results = new KnownResults(files).read(unknown);
        long revision = database.call(session -> enter(session, study, results));
        LOG.info(
                "study accepted study={} revision={} runs={} analyses={} finishedBefore={}",
                study.studyId(),
                revision,
                study.runs().size(),
                study.analyses().size(),
                results.size());
        return Answer.ACCEPTED;
    }

    private boolean isOpen(AcceptedStudy study) {
        return database.call(session -> new StudyRows(session)
                .find(study.studyId())
                .filter(s -> s.state() != StudyState.CANCELLED)
                .isPresent());
    }

    private long enter(Session session, AcceptedStudy study, List<RunResult> results) throws SQLException {
        Instant now = clock.instant();
        StudyRows studies = new StudyRows(session);
        Optional<StudyRows.Standing> before = studies.find(study.studyId());
        long revision = before.map(s -> s.revision() + 1).orElse(1L);
        if (before.isPresent()) {
            studies.reopen(study.studyId(), revision, now);
        } else {
            studies.insert(study, study.spec().name(), revision, now);
        }
        studies.wantAgain(study.studyId(), now); // a new study may share runs that failed in, or ended with, another
        for (RunResult result : results) {
            KnownResults.apply(session, result, now);
        }
        announce(session, study, revision, now);
        return revision;
    }

    private void announce(Session session, AcceptedStudy study, long revision, Instant now) throws SQLException {
        new Outbox(session)
                .add(new StudyAccepted(
                        study.studyId(),
                        revision,
                        study.spec().name(),
                        study.runs().size(),
                        study.analyses().size()));
        Wanting wanting = new Wanting(session, now);
        for (PlannedRun run : study.runs()) {
            wanting.announce(run.runId(), true);
        }
        queueing.topUp(session, study.studyId());
        session.update(
                "UPDATE study SET progress_at_acceptance = ? WHERE study_id = ?",
                Progress.of(session, study.studyId()).share(),
                study.studyId());
        new Completion(session).check(study.studyId(), now);
    }
}
