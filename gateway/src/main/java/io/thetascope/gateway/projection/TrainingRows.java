package io.thetascope.gateway.projection;

import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.run.ArtifactRef;
import io.thetascope.contracts.run.EpochFigures;
import io.thetascope.contracts.run.Figures;
import io.thetascope.contracts.run.StoredCheckpoint;
import io.thetascope.gateway.database.Session;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The rows of epochs and checkpoints: one an epoch and one a step, the latest attempt's. */
public final class TrainingRows {
    private final Session session;

    /** Works within this transaction. */
    public TrainingRows(Session session) {
        this.session = session;
    }

    /** Keeps an epoch's figures, and where the run is. */
    public void epoch(RunId runId, EpochFigures figures, @Nullable Double imagesPerSecond) throws SQLException {
        Figures validation = figures.validation();
        new RunRows(session).ensure(runId);
        session.update("DELETE FROM run_epoch WHERE run_id = ? AND epoch = ?", runId, figures.epoch());
        session.update(
                "INSERT INTO run_epoch (run_id, epoch, step, train_loss, train_accuracy, test_loss, test_accuracy,"
                        + " validation_loss, validation_accuracy, images_per_second)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                runId,
                figures.epoch(),
                figures.step().value(),
                figures.train().loss(),
                figures.train().accuracy(),
                figures.test().loss(),
                figures.test().accuracy(),
                validation == null ? null : validation.loss(),
                validation == null ? null : (Double) validation.accuracy(),
                imagesPerSecond);
        // a run that starts over goes back; one that ended does not
        session.update(
                "UPDATE run SET epoch = ?, step = ?, train_loss = ?, train_accuracy = ?, test_loss = ?,"
                        + " test_accuracy = ? WHERE run_id = ? AND (epoch <= ? OR state IN ('queued', 'running'))",
                figures.epoch(),
                figures.step().value(),
                figures.train().loss(),
                figures.train().accuracy(),
                figures.test().loss(),
                figures.test().accuracy(),
                runId,
                figures.epoch());
    }

    /** Keeps where a checkpoint is. */
    public void checkpoint(RunId runId, StoredCheckpoint checkpoint) throws SQLException {
        ArtifactRef evidence = checkpoint.evidence();
        session.update(
                "DELETE FROM run_checkpoint WHERE run_id = ? AND step = ?",
                runId,
                checkpoint.step().value());
        session.update(
                "INSERT INTO run_checkpoint (run_id, step, epoch, object_key, sha256, bytes, evidence_key,"
                        + " evidence_sha256, evidence_bytes) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                runId,
                checkpoint.step().value(),
                checkpoint.epoch(),
                checkpoint.artifact().key(),
                checkpoint.artifact().sha256(),
                checkpoint.artifact().bytes(),
                evidence == null ? null : evidence.key(),
                evidence == null ? null : evidence.sha256(),
                evidence == null ? null : (Long) evidence.bytes());
    }
}
