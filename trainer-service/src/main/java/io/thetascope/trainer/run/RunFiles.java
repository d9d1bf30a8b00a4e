package io.thetascope.trainer.run;

import io.thetascope.artifacts.ArtifactKeys;
import io.thetascope.artifacts.Checkpoints;
import io.thetascope.artifacts.safetensors.WrittenFile;
import io.thetascope.artifacts.store.ObjectStore;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.identity.Step;
import io.thetascope.contracts.run.ArtifactRef;
import io.thetascope.contracts.run.StoredCheckpoint;
import io.thetascope.trainer.checkpoint.CheckpointFile;
import io.thetascope.trainer.checkpoint.EvidenceFile;
import io.thetascope.trainer.checkpoint.ResumeFile;
import io.thetascope.trainer.network.NetworkState;
import io.thetascope.trainer.optimizer.Evidence;
import io.thetascope.trainer.training.Snapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a run leaves in the store at a step: the weights, and the evidence before them, so that who finds weights finds both.
 *
 * @param store it goes to
 * @param run whose it is
 * @param folder for files on their way
 */
record RunFiles(ObjectStore store, RunId run, Path folder) {
    StoredCheckpoint checkpoint(Step step, int epoch, NetworkState state, Optional<Evidence> evidence) {
        @Nullable
        ArtifactRef bits =
                evidence.map(kept -> evidence(step, epoch, state, kept)).orElse(null);
        ArtifactRef weights = through(
                "weights",
                target -> CheckpointFile.write(target, run, step, epoch, state),
                file -> new Checkpoints(store).store(run, step, file));
        return new StoredCheckpoint(step, epoch, weights, bits);
    }

    private ArtifactRef evidence(Step step, int epoch, NetworkState state, Evidence evidence) {
        return through(
                "evidence",
                target -> EvidenceFile.write(
                        target, run, step, epoch, state.weights().parameters(), evidence),
                file -> put(ArtifactKeys.evidence(run, step, file.sha256()), file));
    }

    /** Stores what the run goes on from. */
    ArtifactRef resume(Snapshot snapshot) {
        return through(
                "resume",
                target -> ResumeFile.write(target, run, snapshot),
                file -> put(ArtifactKeys.resume(run, snapshot.step(), file.sha256()), file));
    }

    private ArtifactRef put(String key, WrittenFile file) {
        store.put(key, file.path());
        return new ArtifactRef(key, file.sha256(), file.bytes());
    }

    private ArtifactRef through(
            String what, Function<Path, WrittenFile> write, Function<WrittenFile, ArtifactRef> storing) {
        Path target = folder.resolve(run + "-" + what + ".safetensors");
        try {
            Files.createDirectories(folder);
            return storing.apply(write.apply(target));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write into " + folder, e);
        } finally {
            remove(target);
        }
    }

    static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + file, e);
        }
    }
}
