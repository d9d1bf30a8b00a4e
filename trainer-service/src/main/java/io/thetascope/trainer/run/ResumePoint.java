package io.thetascope.trainer.run;

import io.thetascope.contracts.run.ArtifactRef;
import io.thetascope.contracts.run.Environment;
import io.thetascope.contracts.run.EpochFigures;
import io.thetascope.contracts.run.StoredCheckpoint;
import io.thetascope.trainer.training.Position;
import java.util.List;

/**
 * What a run goes on from ({@code resume/step-….json}); written after its tensors were stored and verified, and after the facts
 * before it had arrived.
 *
 * @param position in the training
 * @param tensors state, optimizer, evidence, figures of the epoch under way
 * @param checkpoints stored and announced so far
 * @param epochs announced so far
 * @param environment in which it was written
 * @param earlierEnvironments those before, of another fingerprint than the one after them
 */
record ResumePoint(
        Position position,
        ArtifactRef tensors,
        List<StoredCheckpoint> checkpoints,
        List<EpochFigures> epochs,
        Environment environment,
        List<Environment> earlierEnvironments) {
    ResumePoint {
        checkpoints = List.copyOf(checkpoints);
        epochs = List.copyOf(epochs);
        earlierEnvironments = List.copyOf(earlierEnvironments);
    }
}
