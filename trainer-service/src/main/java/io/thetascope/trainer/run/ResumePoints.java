package io.thetascope.trainer.run;

import io.thetascope.artifacts.ArtifactKeys;
import io.thetascope.artifacts.JsonObjects;
import io.thetascope.artifacts.StepKey;
import io.thetascope.artifacts.safetensors.MalformedSafetensorsException;
import io.thetascope.artifacts.store.DamagedObjectException;
import io.thetascope.artifacts.store.Downloads;
import io.thetascope.artifacts.store.MissingObjectException;
import io.thetascope.artifacts.store.ObjectStore;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.identity.Step;
import io.thetascope.contracts.run.ArtifactRef;
import io.thetascope.contracts.run.StoredCheckpoint;
import io.thetascope.trainer.checkpoint.ResumeFile;
import io.thetascope.trainer.training.Snapshot;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The resume points of a run in the store: tensors first, verified, then the description that makes them current. The newest
 * that is whole is used; the one before it is kept until there is another.
 */
final class ResumePoints {
    private static final Logger LOG = LoggerFactory.getLogger(ResumePoints.class);
    private static final String DESCRIPTION = ".json";

    private final ObjectStore store;
    private final JsonObjects objects;
    private final RunId run;
    private final RunFiles files;
    private Set<String> current = Set.of();

    /** The points of one run. */
    ResumePoints(RunFiles files) {
        this.store = files.store();
        this.objects = new JsonObjects(store);
        this.run = files.run();
        this.files = files;
    }

    /** Returns the step of the newest, 0 when there is none. */
    static long latest(ObjectStore store, RunId run) {
        return descriptions(store, run)
                .map(ResumePoints::stepOf)
                .max(Comparator.naturalOrder())
                .map(Step::value)
                .orElse(0L);
    }

    private static Stream<String> descriptions(ObjectStore store, RunId run) {
        return store.list(ArtifactKeys.resumes(run)).stream()
                .filter(key -> tensorsOf(key).isPresent());
    }

    private static Optional<StepKey> tensorsOf(String description) {
        return description.endsWith(DESCRIPTION)
                ? StepKey.parse(description.replace(DESCRIPTION, ".safetensors"))
                : Optional.empty();
    }

    private static Step stepOf(String description) {
        return tensorsOf(description).orElseThrow().step();
    }

    private List<String> newestFirst() {
        return descriptions(store, run)
                .sorted(Comparator.comparing(ResumePoints::stepOf).reversed())
                .toList();
    }

    /**
     * Overwrites a training's snapshot with the newest point that is whole: its bytes are those that were stored, and every
     * checkpoint before it is still there. Empty when there is none: then nothing was overwritten. Points that are of no use
     * are removed, or they would stand before those to come.
     */
    Optional<ResumePoint> load(Snapshot into) {
        for (String key : newestFirst()) {
            try {
                ResumePoint point =
                        objects.read(key, ResumePoint.class).orElseThrow(() -> new MissingObjectException(key));
                requireCheckpoints(point);
                load(point, into);
                current = Set.of(key, point.tensors().key());
                return Optional.of(point);
            } catch (DamagedObjectException
                    | MissingObjectException
                    | MalformedSafetensorsException
                    | IllegalArgumentException e) {
                LOG.warn("resume point removed, of no use run={} key={}", run, key, e);
                store.delete(key);
                store.delete(tensorsOf(key).orElseThrow().key());
            }
        }
        return Optional.empty();
    }

    private void requireCheckpoints(ResumePoint point) {
        point.checkpoints().stream().flatMap(StoredCheckpoint::artifacts).forEach(artifact -> {
            if (store.stat(artifact.key())
                    .filter(there -> there.bytes() == artifact.bytes())
                    .isEmpty()) {
                throw new MissingObjectException(artifact.key());
            }
        });
    }

    private void load(ResumePoint point, Snapshot into) {
        Path file = store.download(point.tensors().key(), point.tensors().sha256(), files.folder());
        try {
            ResumeFile.read(file, into, point.position().batches());
        } finally {
            RunFiles.remove(file);
        }
    }

    /** Stores a snapshot's tensors, and reads them back to be sure of them. */
    ArtifactRef storeTensors(Snapshot snapshot) {
        ArtifactRef tensors = files.resume(snapshot);
        Downloads.verify(store, tensors.key(), tensors.sha256());
        return tensors;
    }

    /** Makes a point current, and removes all but it and the one before it. */
    void makeCurrent(ResumePoint point, Step step) {
        String key = ArtifactKeys.resumePoint(run, step, point.tensors().sha256());
        objects.write(key, point);
        LOG.info(
                "resume point stored run={} step={} bytes={}",
                run,
                step,
                point.tensors().bytes());
        Set<String> before = current;
        current = Set.of(key, point.tensors().key());
        store.list(ArtifactKeys.resumes(run)).stream()
                .filter(object -> !before.contains(object) && !current.contains(object))
                .forEach(store::delete);
    }

    /** Removes everything; the run has its result. */
    void removeAll() {
        store.list(ArtifactKeys.resumes(run)).forEach(store::delete);
    }
}
