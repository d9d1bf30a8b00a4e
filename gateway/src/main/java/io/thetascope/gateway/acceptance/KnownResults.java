package io.thetascope.gateway.acceptance;

import io.thetascope.contracts.event.RunFinished;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.run.EpochFigures;
import io.thetascope.contracts.run.RunResult;
import io.thetascope.contracts.run.StoredCheckpoint;
import io.thetascope.contracts.study.AcceptedStudy;
import io.thetascope.contracts.study.PlannedRun;
import io.thetascope.gateway.database.Session;
import io.thetascope.gateway.projection.RunRows;
import io.thetascope.gateway.projection.TrainingRows;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Runs that ended for good before their study came: what the read model does not know of them is taken from result.json. */
final class KnownResults {
    private final StudyFiles files;

    KnownResults(StudyFiles files) {
        this.files = files;
    }

    /** Returns those of a study's runs, and of the donors they name, that the read model does not know as ended for good. */
    static List<RunId> unknown(Session session, AcceptedStudy study) throws SQLException {
        Set<RunId> needed = new LinkedHashSet<>();
        for (PlannedRun run : study.runs()) {
            needed.add(run.runId());
            Optional.ofNullable(run.spec().initialization().donor()).ifPresent(needed::add);
        }
        List<RunId> unknown = new ArrayList<>();
        for (RunId run : needed) {
            long known = session.number(
                    "SELECT COUNT(*) FROM run WHERE run_id = ? AND state IN ('finished', 'diverged')", run);
            if (known == 0) {
                unknown.add(run);
            }
        }
        return unknown;
    }

    List<RunResult> read(List<RunId> runs) {
        return runs.stream().map(files::result).flatMap(Optional::stream).toList();
    }

    static void apply(Session session, RunResult result, Instant now) throws SQLException {
        RunRows runs = new RunRows(session);
        List<StoredCheckpoint> checkpoints = result.checkpoints();
        StoredCheckpoint last = checkpoints.isEmpty() ? null : checkpoints.get(checkpoints.size() - 1);
        RunFinished ended =
                new RunFinished(result.runId(), result.attempt(), result.outcome(), result.reason(), last, null, now);
        if (runs.change(result.runId(), s -> s.after(ended)).any()) {
            runs.computed(result, now);
            runs.reason(result.runId(), result.reason());
            TrainingRows training = new TrainingRows(session);
            for (EpochFigures figures : result.epochs()) {
                training.epoch(result.runId(), figures, null);
            }
            for (StoredCheckpoint checkpoint : checkpoints) {
                training.checkpoint(result.runId(), checkpoint);
            }
        }
    }
}
