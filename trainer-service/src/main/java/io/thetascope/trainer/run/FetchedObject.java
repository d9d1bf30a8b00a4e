package io.thetascope.trainer.run;

import io.thetascope.artifacts.store.Downloads;
import io.thetascope.artifacts.store.ObjectStore;
import io.thetascope.contracts.identity.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/**
 * An object on this machine for a while, whose digest is not known beforehand. Removed when closed.
 *
 * @param file temporary
 * @param digest of its bytes as they came
 * @param bytes its size
 */
record FetchedObject(Path file, Digest digest, long bytes) implements AutoCloseable {
    static FetchedObject fetch(ObjectStore store, String key, Path folder) {
        @Nullable Path file = null;
        try (InputStream object = store.open(key)) {
            Files.createDirectories(folder);
            file = Files.createTempFile(folder, "start.", ".safetensors");
            Files.copy(object, file, StandardCopyOption.REPLACE_EXISTING);
            FetchedObject whole = new FetchedObject(file, Downloads.digestOf(file), Files.size(file));
            file = null;
            return whole;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot bring " + key + " into " + folder, e);
        } finally {
            if (file != null) {
                RunFiles.remove(file);
            }
        }
    }

    @Override
    public void close() {
        RunFiles.remove(file);
    }
}
