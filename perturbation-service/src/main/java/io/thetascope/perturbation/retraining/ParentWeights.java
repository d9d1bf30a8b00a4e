package io.thetascope.perturbation.retraining;

import io.thetascope.artifacts.Checkpoints;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.run.ArtifactRef;
import io.thetascope.messaging.TransientException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A parent's final checkpoint in a folder of its own, brought when the first child needs it and removed with the folder.
 * Caller closes it.
 */
final class ParentWeights implements AutoCloseable {
    private final Checkpoints checkpoints;
    private final ArtifactRef last;
    private final Path folder;
    private @Nullable Path file;

    private ParentWeights(Checkpoints checkpoints, ArtifactRef last, Path folder) {
        this.checkpoints = checkpoints;
        this.last = last;
        this.folder = folder;
    }

    /** Prepares a folder within another one; nothing is read yet. */
    static ParentWeights in(Path work, Checkpoints checkpoints, ArtifactRef last) {
        try {
            Files.createDirectories(work);
            return new ParentWeights(checkpoints, last, Files.createTempDirectory(work, "parent."));
        } catch (IOException e) {
            throw new TransientException("cannot write in " + work, e);
        }
    }

    /** Returns the file, verified against its digest when it was brought. */
    Path file() {
        Path there = file;
        if (there == null) {
            there = checkpoints.download(last, folder);
            file = there;
        }
        return there;
    }

    /** Returns where a child's starting point is written before it is stored. */
    Path target(RunId child) {
        return folder.resolve(child + ".safetensors");
    }

    @Override
    public void close() {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> left = files.toList();
            for (Path each : left) {
                Files.delete(each);
            }
            Files.delete(folder);
        } catch (IOException e) {
            throw new TransientException("cannot remove " + folder, e);
        }
    }
}
