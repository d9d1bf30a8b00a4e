package io.thetascope.gateway.acceptance;

import io.thetascope.contracts.event.StudyAccepted;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.identity.StudyId;
import io.thetascope.gateway.database.Database;
import io.thetascope.gateway.database.Session;
import io.thetascope.gateway.outbox.Outbox;
import io.thetascope.gateway.projection.StudyRows;
import io.thetascope.gateway.projection.StudyState;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the wanted-by marks of running studies again where a cancelling stopped half-way: its study runs on, but nobody
 * would start its retrainings. A study is repaired at the second look: while a lost database is rebuilt, the first may
 * come between a study's acceptance and its cancelling. One thread at a time.
 */
public final class MarkRepair {
    private static final Logger LOG = LoggerFactory.getLogger(MarkRepair.class);

    private final Database database;
    private final StudyFiles files;
    private final StudyLock lock;
    private final InstantSource clock;
    private final StudyTraces traces;
    private final Set<StudyId> suspects = new HashSet<>();

    /** Repairs these. */
    public MarkRepair(Database database, StudyFiles files, StudyLock lock, InstantSource clock) {
        this.database = database;
        this.files = files;
        this.lock = lock;
        this.clock = clock;
        this.traces = new StudyTraces(database);
    }

    /**
     * Looks at all running studies.
     *
     * @return how many were repaired
     */
    public int repair() {
        List<StudyId> running = database.call(session -> session.list(
                "SELECT study_id FROM study WHERE state = 'running' ORDER BY ordinal",
                row -> new StudyId(row.text("study_id"))));
        return (int) running.stream().filter(id -> lock.alone(() -> repair(id))).count();
    }

    private boolean repair(StudyId id) {
        List<RunId> runs = database.call(session -> new StudyRows(session).runsOf(id));
        if (files.isMarked(id, runs)) {
            suspects.remove(id);
            return false;
        }
        return !suspects.add(id)
                && traces.of(id)
                        .wrapSupplier(() -> database.call(session -> announce(session, id, runs)))
                        .get();
    }

    /** Announced with a revision of its own, or those who drop repetitions would not look again. */
    private boolean announce(Session session, StudyId id, List<RunId> runs) throws SQLException {
        StudyRows.Standing standing = new StudyRows(session).find(id).orElseThrow();
        if (standing.state() != StudyState.RUNNING) {
            return false; // it completed meanwhile
        }
        long revision = standing.revision() + 1;
        session.update("UPDATE study SET revision = ? WHERE study_id = ?", revision, id);
        String name = session.first("SELECT name FROM study WHERE study_id = ?", row -> row.text("name"), id)
                .orElseThrow();
        int analyses = (int) session.number("SELECT COUNT(*) FROM study_analysis WHERE study_id = ?", id);
        new Outbox(session).add(new StudyAccepted(id, revision, name, runs.size(), analyses));
        Wanting wanting = new Wanting(session, clock.instant());
        for (RunId run : runs) {
            wanting.announce(run, true);
        }
        files.mark(id, runs); // before the commit: whoever hears of the study finds them
        LOG.warn("study marks repaired study={} revision={} runs={}", id, revision, runs.size());
        return true;
    }
}
