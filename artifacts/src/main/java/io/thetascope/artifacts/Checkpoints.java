package io.thetascope.artifacts;

import io.thetascope.artifacts.safetensors.WrittenFile;
import io.thetascope.artifacts.store.ObjectStore;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.identity.Step;
import io.thetascope.contracts.run.ArtifactRef;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The checkpoints of runs in the store. Two writers that computed different bytes leave two objects for a step; which
 * of them counts is said by the run's result, before that by the facts.
 */
public final class Checkpoints {
    private final ObjectStore store;

    /** Looks and writes in this store. */
    public Checkpoints(ObjectStore store) {
        this.store = store;
    }

    /** Lists a run's checkpoints by step. */
    public List<StepKey> list(RunId run) {
        return parsed(ArtifactKeys.checkpoints(run));
    }

    /** Finds a run's checkpoints at a step, normally none or one. */
    public List<StepKey> find(RunId run, Step step) {
        return parsed(ArtifactKeys.checkpoints(run, step));
    }

    /** Returns the latest step that has a checkpoint. */
    public Optional<Step> latest(RunId run) {
        return list(run).stream().map(StepKey::step).max(Comparator.naturalOrder());
    }

    /** Stores a checkpoint, unless an object of its name and size is there already, and returns where it is. */
    public ArtifactRef store(RunId run, Step step, WrittenFile file) {
        ArtifactRef ref =
                new ArtifactRef(ArtifactKeys.checkpoint(run, step, file.sha256()), file.sha256(), file.bytes());
        boolean there =
                store.stat(ref.key()).filter(s -> s.bytes() == ref.bytes()).isPresent();
        if (!there) {
            store.put(ref.key(), file.path());
        }
        return ref;
    }

    /**
     * Brings a checkpoint into a folder, verified.
     *
     * @return the file, named by its digest; not brought again when it is there and sound
     */
    public Path download(ArtifactRef checkpoint, Path folder) {
        return store.download(checkpoint.key(), checkpoint.sha256(), folder);
    }

    private List<StepKey> parsed(String prefix) {
        return store.list(prefix).stream()
                .flatMap(key -> StepKey.parse(key).stream())
                .sorted(Comparator.comparing(StepKey::step).thenComparing(StepKey::digestPrefix))
                .toList();
    }
}
