package io.thetascope.trainer.run;

import io.thetascope.artifacts.ArtifactKeys;
import io.thetascope.artifacts.JsonObjects;
import io.thetascope.artifacts.store.ObjectStore;
import io.thetascope.contracts.event.RunFinished;
import io.thetascope.contracts.identity.Digest;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.run.ArtifactRef;
import io.thetascope.contracts.run.RunOutcome;
import io.thetascope.contracts.run.RunResult;
import io.thetascope.contracts.run.StoredCheckpoint;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs that ended for good: their results written and found again. */
final class FinishedRuns {
    private static final Logger LOG = LoggerFactory.getLogger(FinishedRuns.class);

    private final ObjectStore store;
    private final JsonObjects objects;

    FinishedRuns(ObjectStore store) {
        this.store = store;
        this.objects = new JsonObjects(store);
    }

    /** Finds the announcement of a run that has its result, if all that the result names is there. */
    Optional<RunFinished> find(RunId run, Instant now) {
        String key = ArtifactKeys.result(run);
        Optional<RunResult> result = objects.read(key, RunResult.class);
        if (result.isPresent() && !complete(result.get())) {
            LOG.warn("result without its checkpoints, trained again run={}", run);
            return Optional.empty();
        }
        return result.map(r -> announcement(r, reference(key), now));
    }

    /** Writes the result and returns its announcement. */
    RunFinished write(RunResult result, Instant now) {
        return announcement(result, objects.write(ArtifactKeys.result(result.runId()), result), now);
    }

    private boolean complete(RunResult result) {
        return result.checkpoints().stream()
                .flatMap(StoredCheckpoint::artifacts)
                .allMatch(artifact -> store.stat(artifact.key())
                        .filter(there -> there.bytes() == artifact.bytes())
                        .isPresent());
    }

    private ArtifactRef reference(String key) {
        byte[] json = store.get(key);
        return new ArtifactRef(key, Digest.of(json), json.length);
    }

    private static RunFinished announcement(RunResult result, ArtifactRef reference, Instant now) {
        return new RunFinished(
                result.runId(),
                result.attempt(),
                result.outcome(),
                result.reason(),
                result.outcome() == RunOutcome.FINISHED ? last(result.checkpoints()) : null,
                reference,
                now);
    }

    private static @Nullable StoredCheckpoint last(List<StoredCheckpoint> checkpoints) {
        return checkpoints.isEmpty() ? null : checkpoints.get(checkpoints.size() - 1);
    }
}
