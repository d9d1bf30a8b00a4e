package io.thetascope.gateway.projection;

import io.thetascope.contracts.event.AnalysisCompleted;
import io.thetascope.contracts.event.CheckpointStored;
import io.thetascope.contracts.event.EpochCompleted;
import io.thetascope.contracts.event.Event;
import io.thetascope.contracts.event.RunFinished;
import io.thetascope.contracts.event.RunStarted;
import io.thetascope.contracts.event.StudyAccepted;
import io.thetascope.contracts.event.StudyCancelled;
import io.thetascope.contracts.event.StudyCompleted;
import io.thetascope.contracts.identity.Attempt;
import io.thetascope.contracts.identity.Step;
import io.thetascope.contracts.identity.StudyId;
import io.thetascope.gateway.database.Database;
import io.thetascope.gateway.database.Session;
import java.sql.SQLException;

/** Applies facts to the read model: rows, event log and offset in one transaction. Applying a fact twice changes nothing. */
public final class FactProjection {
    private final Database database;
    private final StudyFacts studies;
    private final RunEnded runEnded;

    /** What happens in the same transaction when a run ended, such as queueing the next. */
    @FunctionalInterface
    public interface RunEnded {
        /** Called once for every ending that changed the run's row. */
        void in(Session session, RunFinished fact) throws SQLException;
    }

    /**
     * Makes the projection.
     *
     * @param accepted where accepted studies are read that the database does not know
     * @param runEnded what else happens then
     */
    public FactProjection(Database database, AcceptedStudies accepted, RunEnded runEnded) {
        this.database = database;
        this.studies = new StudyFacts(accepted);
        this.runEnded = runEnded;
    }

    /** Applies a fact. */
    public void apply(Event event, FactPosition position) {
        database.run(session -> {
            new EventLog(session).append(event);
            dispatch(session, event, position);
            new Offsets(session).applied(position);
        });
    }

    /** Passes over a record that carries no fact. */
    public void pass(FactPosition position) {
        database.run(session -> new Offsets(session).applied(position));
    }

    private void dispatch(Session session, Event event, FactPosition position) throws SQLException {
        if (event instanceof EpochCompleted epoch) {
            new TrainingRows(session).epoch(epoch.runId(), epoch.figures(), epoch.imagesPerSecond());
        } else if (event instanceof CheckpointStored stored) {
            checkpoint(session, stored);
        } else if (event instanceof RunStarted started) {
            started(session, started, position);
        } else if (event instanceof RunFinished finished) {
            finished(session, finished, position);
        } else if (event instanceof AnalysisCompleted completed) {
            new AnalysisRows(session).ended(completed);
            for (StudyId study : new StudyRows(session).wanting(completed.analysisId())) {
                new Completion(session).check(study, position.writtenAt());
            }
        } else if (event instanceof StudyAccepted accepted) {
            studies.accepted(session, accepted, position.writtenAt());
        } else if (event instanceof StudyCancelled cancelled) {
            studies.cancelled(session, cancelled, position.writtenAt());
        } else if (event instanceof StudyCompleted completed) {
            studies.completed(session, completed);
        }
    }

    private static void checkpoint(Session session, CheckpointStored stored) throws SQLException {
        new TrainingRows(session).checkpoint(stored.runId(), stored.checkpoint());
        boolean startOfRetraining = stored.attempt().equals(Attempt.START)
                && stored.checkpoint().step().equals(Step.START);
        if (startOfRetraining) {
            new RunRows(session).change(stored.runId(), s -> s.afterStartWritten(stored.storedAt()));
        }
    }

    private static void started(Session session, RunStarted started, FactPosition position) throws SQLException {
        RunRows runs = new RunRows(session);
        RunRows.Change change = runs.change(started.runId(), s -> s.after(started));
        if (change.any()) {
            runs.started(started);
            if (change.before().state() == RunState.FAILED) {
                new Dependents(session).waitAgain(started.runId(), position.writtenAt());
            }
            for (StudyId study : new StudyRows(session).wanting(started.runId())) {
                new Completion(session).check(study, position.writtenAt());
            }
        }
    }

    private void finished(Session session, RunFinished finished, FactPosition position) throws SQLException {
        RunRows runs = new RunRows(session);
        if (runs.change(finished.runId(), s -> s.after(finished)).any()) {
            runs.reason(finished.runId(), finished.reason());
            if (finished.last() != null) {
                new TrainingRows(session).checkpoint(finished.runId(), finished.last());
            }
            runEnded.in(session, finished);
            for (StudyId study : new StudyRows(session).wanting(finished.runId())) {
                new Completion(session).check(study, position.writtenAt());
            }
        }
    }
}
