package io.thetascope.trainer.run;

import io.thetascope.artifacts.Checkpoints;
import io.thetascope.artifacts.StepKey;
import io.thetascope.artifacts.store.ObjectStore;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.identity.Step;
import io.thetascope.contracts.run.ArtifactRef;
import io.thetascope.contracts.run.Initialization;
import io.thetascope.contracts.run.RunSpec;
import io.thetascope.contracts.run.StoredCheckpoint;
import io.thetascope.networks.Initializers;
import io.thetascope.networks.Parameter;
import io.thetascope.trainer.checkpoint.CheckpointFile;
import io.thetascope.trainer.network.FlatWeights;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Sets the weights to where a run starts: drawn for generation 0, for generation 1 what the perturbation service wrote.
 *
 * @param store with the checkpoints
 * @param folder for files from the store
 */
record StartingPoint(ObjectStore store, Path folder) {
    private static final int CHUNK = 1 << 18;

    /**
     * Sets the weights.
     *
     * @return the step-0 checkpoint, if somebody else stored and announced it
     */
    Optional<StoredCheckpoint> apply(RunId run, RunSpec spec, FlatWeights weights) {
        if (spec.generation() == 1) {
            return Optional.of(load(run, weights));
        }
        if (spec.initialization().kind().equals(Initialization.PRETRAINED)) {
            throw new IllegalArgumentException("run " + run
                    + ": this trainer cannot start from pretrained weights yet; use a drawn initialisation");
        }
        draw(spec, weights);
        return Optional.empty();
    }

    private static void draw(RunSpec spec, FlatWeights weights) {
        for (int i = 0; i < weights.parameters().size(); i++) {
            Parameter parameter = weights.parameters().get(i);
            for (long from = 0; from < parameter.size(); from += CHUNK) {
                int count = (int) Math.min(CHUNK, parameter.size() - from);
                String kind = spec.initialization().kind();
                weights.write(
                        i, from, Initializers.draw(kind, parameter, spec.seeds().init(), from, count));
            }
        }
    }

    private StoredCheckpoint load(RunId run, FlatWeights weights) {
        StepKey key = only(run, new Checkpoints(store).find(run, Step.START));
        try (FetchedObject fetched = FetchedObject.fetch(store, key.key(), folder)) {
            if (!key.matches(fetched.digest())) {
                throw new IllegalStateException("run " + run + ": starting point " + key.key() + " has SHA-256 "
                        + fetched.digest() + "; restore it, or remove it and have it written again");
            }
            CheckpointFile.read(fetched.file(), weights);
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
