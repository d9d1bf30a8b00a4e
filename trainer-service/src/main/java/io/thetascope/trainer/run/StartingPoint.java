package io.thetascope.trainer.run;

import io.thetascope.artifacts.ArtifactKeys;
import io.thetascope.artifacts.Checkpoints;
import io.thetascope.artifacts.JsonObjects;
import io.thetascope.artifacts.StepKey;
import io.thetascope.artifacts.store.ObjectStore;
import io.thetascope.contracts.identity.Digest;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.identity.Step;
import io.thetascope.contracts.run.ArtifactRef;
import io.thetascope.contracts.run.Initialization;
import io.thetascope.contracts.run.RunOutcome;
import io.thetascope.contracts.run.RunResult;
import io.thetascope.contracts.run.RunSpec;
import io.thetascope.contracts.run.StoredCheckpoint;
import io.thetascope.networks.PretrainedFit;
import io.thetascope.trainer.checkpoint.CheckpointFile;
import io.thetascope.trainer.checkpoint.DrawnWeights;
import io.thetascope.trainer.network.NetworkState;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Sets a network to where a run starts: drawn, or from pretrained weights, for generation 0; for generation 1 what the
 * perturbation service wrote.
 *
 * @param store with the weights
 * @param folder for files from the store
 */
record StartingPoint(ObjectStore store, Path folder) {
    /**
     * Sets the state.
     *
     * @return the step-0 checkpoint, if somebody else stored and announced it
     */
    Optional<StoredCheckpoint> apply(RunId run, RunSpec spec, NetworkState state) {
        if (spec.generation() == 1) {
            return Optional.of(written(run, state));
        }
        Initialization initialization = spec.initialization();
        if (initialization.weights() != null) {
            uploaded(initialization.weights(), spec, state);
        } else if (initialization.donor() != null) {
            donated(run, initialization.donor(), state);
        } else {
            DrawnWeights.draw(spec.format(), initialization.kind(), spec.seeds().init(), state, name -> true);
        }
        return Optional.empty();
    }

    /** Everything of the file but the head, which is drawn as Kaiming-uniform has it. */
    private void uploaded(Digest weights, RunSpec spec, NetworkState state) {
        withFile(ArtifactKeys.pretrained(weights), weights, file -> {
            PretrainedFit fit = PretrainedFit.of(state.network(), CheckpointFile.shapes(file));
            CheckpointFile.read(file, state, fit.used());
            DrawnWeights.draw(
                    spec.format(),
                    Initialization.KAIMING_UNIFORM,
                    spec.seeds().init(),
                    state,
                    fit.replaced()::contains);
        });
    }

    /** The whole final checkpoint of a finished run, its head included. */
    private void donated(RunId run, RunId donor, NetworkState state) {
        RunResult result = new JsonObjects(store)
                .read(ArtifactKeys.result(donor), RunResult.class)
                .filter(r -> r.outcome() == RunOutcome.FINISHED)
                .orElseThrow(() -> new IllegalStateException(
                        "run " + run + ": its donor " + donor + " has not finished; it is queued when that one has"));
        ArtifactRef last =
                result.checkpoints().get(result.checkpoints().size() - 1).artifact();
        withFile(last.key(), last.sha256(), file -> CheckpointFile.read(file, state));
    }

    private void withFile(String key, Digest digest, Consumer<Path> use) {
        Path file = store.download(key, digest, folder);
        try {
            use.accept(file);
        } finally {
            RunFiles.remove(file);
        }
    }

    private StoredCheckpoint written(RunId run, NetworkState state) {
        StepKey key = only(run, new Checkpoints(store).find(run, Step.START));
        try (FetchedObject fetched = FetchedObject.fetch(store, key.key(), folder)) {
            if (!key.matches(fetched.digest())) {
                throw new IllegalStateException("run " + run + ": starting point " + key.key() + " has SHA-256 "
                        + fetched.digest() + "; restore it, or remove it and have it written again");
            }
            CheckpointFile.read(fetched.file(), state);
            ArtifactRef artifact = new ArtifactRef(key.key(), fetched.digest(), fetched.bytes());
            return new StoredCheckpoint(Step.START, 0, artifact);
        }
    }

    private static StepKey only(RunId run, List<StepKey> found) {
        if (found.size() != 1) {
            throw new IllegalStateException("run " + run + ": one starting point is needed, found " + found.size()
                    + "; the perturbation service writes it before it queues the job");
        }
        return found.get(0);
    }
}
