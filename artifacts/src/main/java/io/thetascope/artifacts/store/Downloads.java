package io.thetascope.artifacts.store;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import io.thetascope.contracts.identity.ContentHash;
import io.thetascope.contracts.identity.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.util.function.Supplier;

/** Verified files in a folder, named by their digest, so that a file is right or not there. */
public final class Downloads {
    private Downloads() {}

    /** Returns the name under which an object is kept in a folder: its digest with the object's extension. */
    public static String fileName(String key, Digest digest) {
        String name = key.substring(key.lastIndexOf('/') + 1);
        int dot = name.lastIndexOf('.');
        return digest + (dot < 0 ? "" : name.substring(dot));
    }

    /** Hashes a file. */
    public static Digest digestOf(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return copy(in, OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /**
     * Reads an object through and keeps nothing of it.
     *
     * @throws MissingObjectException when there is none
     * @throws DamagedObjectException when its bytes are not those of the digest
     */
    public static void verify(ObjectStore store, String key, Digest expected) {
        try (InputStream in = new StoreStream(store.open(key), key)) {
            Digest found = copy(in, OutputStream.nullOutputStream());
            if (!found.equals(expected)) {
                throw DamagedObjectException.digest(key, expected, found);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + key, e);
        }
    }

    /** Returns a sound file that is there, or fetches and verifies it. */
    static Path fetch(String key, Digest expected, Path folder, Supplier<InputStream> object) {
        Path target = folder.resolve(fileName(key, expected));
        if (Files.isRegularFile(target) && digestOf(target).equals(expected)) {
            return target;
        }
        Path partial = partial(folder, key);
        try {
            Digest found = receive(key, object, partial);
            if (!found.equals(expected)) {
                throw DamagedObjectException.digest(key, expected, found);
            }
            return Files.move(partial, target, ATOMIC_MOVE, REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + target, e);
        } finally {
            remove(partial);
        }
    }

    private static Path partial(Path folder, String key) {
        try {
            Files.createDirectories(folder);
            return Files.createTempFile(folder, "download.", ".partial");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot store " + key + " in " + folder, e);
        }
    }

    // a failure of the disk and one of the store must be told apart: only the second is worth waiting for
    private static Digest receive(String key, Supplier<InputStream> object, Path partial) throws IOException {
        try (InputStream in = new StoreStream(object.get(), key);
                OutputStream out = Files.newOutputStream(partial)) {
            return copy(in, out);
        }
    }

    private static Digest copy(InputStream in, OutputStream out) throws IOException {
        DigestOutputStream hashing = new DigestOutputStream(out, ContentHash.sha256());
        in.transferTo(hashing);
        hashing.flush();
        return Digest.ofHash(hashing.getMessageDigest().digest());
    }

    private static void remove(Path partial) {
        try {
            Files.deleteIfExists(partial);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + partial, e);
        }
    }
}
