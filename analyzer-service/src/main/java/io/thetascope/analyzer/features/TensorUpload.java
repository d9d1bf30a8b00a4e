package io.thetascope.analyzer.features;

import io.thetascope.artifacts.ArtifactKeys;
import io.thetascope.artifacts.safetensors.WrittenFile;
import io.thetascope.artifacts.store.ObjectStore;
import io.thetascope.contracts.identity.AnalysisId;
import io.thetascope.contracts.run.ArtifactRef;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;

/** Brings the tensors of analyses into the store. */
public final class TensorUpload {
    private final ObjectStore store;
    private final Path folder;

    /**
     * Uploads into this store.
     *
     * @param store takes the tensors
     * @param folder for files on their way
     */
    public TensorUpload(ObjectStore store, Path folder) {
        this.store = store;
        this.folder = folder;
    }

    /**
     * Stores the tensors of an analysis.
     *
     * @param analysis whose
     * @param write writes them to a path
     */
    public ArtifactRef of(AnalysisId analysis, Function<Path, WrittenFile> write) {
        Path target = folder.resolve(analysis + ".upload");
        try {
            WrittenFile written = write.apply(target);
            String key = ArtifactKeys.analysisTensors(analysis);
            store.put(key, written.path());
            return new ArtifactRef(key, written.sha256(), written.bytes());
        } finally {
            remove(target);
        }
    }

    private static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + file, e);
        }
    }
}
