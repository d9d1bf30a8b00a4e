package io.thetascope.gateway.acceptance;

import io.thetascope.contracts.event.StudyCancelled;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.identity.StudyId;
import io.thetascope.gateway.database.Database;
import io.thetascope.gateway.database.Session;
import io.thetascope.gateway.outbox.Outbox;
import io.thetascope.gateway.projection.StudyRows;
import io.thetascope.gateway.projection.StudyState;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Cancels studies: first nothing new can start, then those who work on what nobody wants are told. */
public final class StudyCancellation {
    private static final Logger LOG = LoggerFactory.getLogger(StudyCancellation.class);

    private final Database database;
    private final StudyFiles files;
    private final StudyLock lock;
    private final InstantSource clock;

    /** Cancels in these. */
    public StudyCancellation(Database database, StudyFiles files, StudyLock lock, InstantSource clock) {
        this.lock = lock;
        this.database = database;
        this.files = files;
        this.clock = clock;
    }

    /**
     * Cancels a study that runs; one that does not is left as it is.
     *
     * @return false when there is no such study
     */
    public boolean cancel(StudyId id) {
        return lock.alone(() -> cancelAlone(id));
    }

    private boolean cancelAlone(StudyId id) {
        Optional<StudyRows.Standing> before = database.call(session -> new StudyRows(session).find(id));
        if (before.isPresent() && before.get().state() == StudyState.RUNNING) {
            files.release(id, database.call(session -> new StudyRows(session).runsOf(id)));
            database.run(session -> cancel(session, id));
            LOG.info("study cancelled study={} revision={}", id, before.get().revision());
        }
        return before.isPresent();
    }

    private void cancel(Session session, StudyId id) throws SQLException {
        Instant now = clock.instant();
        StudyRows studies = new StudyRows(session);
        StudyRows.Standing standing = studies.find(id).orElseThrow();
        if (standing.state() != StudyState.RUNNING) {
            return; // it completed, or someone else cancelled it, meanwhile
        }
        studies.cancel(id, now);
        new Outbox(session).add(new StudyCancelled(id, standing.revision()));
        List<RunId> unwanted = studies.unwantedOf(id);
        Wanting wanting = new Wanting(session, now);
        for (RunId run : unwanted) {
            wanting.announce(run, false);
        }
    }
}
