package io.thetascope.analyzer.integrity;

import io.thetascope.artifacts.safetensors.MalformedSafetensorsException;
import io.thetascope.artifacts.safetensors.SafetensorsFile;
import io.thetascope.artifacts.store.MissingObjectException;
import io.thetascope.artifacts.store.ObjectStore;
import io.thetascope.contracts.identity.ContentHash;
import io.thetascope.contracts.identity.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * What lies under a name in the store now, brought anew: a copy from before would hide damage that came later. Caller closes
 * it.
 */
final class StoredBytes implements AutoCloseable {
    private final Path file;
    private @Nullable Digest digest;
    private @Nullable SafetensorsFile tensors;
    private @Nullable String unreadable;

    private StoredBytes(Path file) {
        this.file = file;
    }

    /** Brings an object into a file of this folder, which is removed when it is closed. */
    static StoredBytes bring(ObjectStore store, String key, Path folder) {
        StoredBytes bytes = new StoredBytes(temporary(folder));
        try {
            bytes.receive(store, key);
            return bytes;
        } catch (RuntimeException e) {
            bytes.close();
            throw e;
        }
    }

    private static Path temporary(Path folder) {
        try {
            return Files.createTempFile(folder, "audited.", ".safetensors");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write in " + folder + "; is the disk full?", e);
        }
    }

    private void receive(ObjectStore store, String key) {
        try (InputStream in = store.open(key);
                DigestOutputStream out = new DigestOutputStream(Files.newOutputStream(file), ContentHash.sha256())) {
            in.transferTo(out);
            digest = Digest.ofHash(out.getMessageDigest().digest());
            tensors = SafetensorsFile.open(file);
        } catch (MissingObjectException e) {
            unreadable = e.getMessage();
        } catch (MalformedSafetensorsException e) {
            unreadable = String.valueOf(e.getMessage()).replace(file.toString(), key);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot bring " + key + " to " + file + "; is the disk full?", e);
        }
    }

    /** Returns the digest of what was found; absent where nothing lies there. */
    @Nullable
    Digest digest() {
        return digest;
    }

    /** Returns the tensors; absent where it is no safetensors file. */
    @Nullable
    SafetensorsFile tensors() {
        return tensors;
    }

    /** Returns why there are no tensors. */
    @Nullable
    String unreadable() {
        return unreadable;
    }

    @Override
    public void close() {
        if (tensors != null) {
            tensors.close();
        }
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + file, e);
        }
    }
}
