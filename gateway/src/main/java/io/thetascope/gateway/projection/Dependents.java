package io.thetascope.gateway.projection;

import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.identity.StudyId;
import io.thetascope.gateway.database.Session;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;

/**
 * What ended only because a failed run did: its skipped retrainings and recipients, theirs, and the refused analyses of all of
 * them. When the run is tried again they wait for it again, so that no study is called completed in between.
 */
public final class Dependents {
    private static final String SKIPPED = "SELECT run_id FROM run r WHERE (parent_run_id = ? OR donor_run_id = ?)"
            + " AND state = ? AND EXISTS (SELECT 1 FROM study_run s JOIN study t ON t.study_id = s.study_id"
            + " WHERE s.run_id = r.run_id AND t.state <> 'cancelled') ORDER BY run_id";

    // once its runs have ended the analyzer says how an analysis ended, unless one of them is not tried again
    private static final String PLAN_AGAIN = "UPDATE analysis SET outcome = ?, fact = NULL WHERE outcome = 'refused'"
            + " AND analysis_id IN (SELECT analysis_id FROM analysis_run WHERE run_id = ?)"
            + " AND analysis_id IN (SELECT w.analysis_id FROM study_analysis w JOIN study t ON t.study_id = w.study_id"
            + " WHERE t.state <> 'cancelled')"
            + " AND analysis_id NOT IN (SELECT i.analysis_id FROM analysis_run i JOIN run r ON r.run_id = i.run_id"
            + " WHERE r.state IN ('failed', 'cancelled', 'skipped'))";

    private final Session session;

    /** Works within this transaction. */
    public Dependents(Session session) {
        this.session = session;
    }

    /** Lets everything wait for a run that failed and is tried again, its studies too; its row says so already. */
    public void waitAgain(RunId run, Instant now) throws SQLException {
        List<RunId> open = new ArrayList<>();
        Set<StudyId> studies = new LinkedHashSet<>();
        Queue<RunId> left = new ArrayDeque<>(List.of(run));
        while (!left.isEmpty()) {
            RunId next = left.remove();
            open.add(next);
            studies.addAll(new StudyRows(session).wanting(next));
            for (RunId skipped : skipped(next)) {
                new RunRows(session).change(skipped, standing -> standing.reopened(now));
                left.add(skipped);
            }
        }
        for (RunId each : open) {
            session.update(PLAN_AGAIN, AnalysisRows.PLANNED, each);
        }
        for (StudyId study : studies) {
            new Completion(session).check(study, now);
        }
    }

    private List<RunId> skipped(RunId run) throws SQLException {
        return session.list(SKIPPED, row -> new RunId(row.text("run_id")), run, run, RunState.SKIPPED);
    }
}
