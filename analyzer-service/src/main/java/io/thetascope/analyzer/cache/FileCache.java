package io.thetascope.analyzer.cache;

import io.thetascope.artifacts.store.Downloads;
import io.thetascope.artifacts.store.ObjectStore;
import io.thetascope.contracts.identity.ContentHash;
import io.thetascope.contracts.identity.Digest;
import io.thetascope.measures.NotMeasurableException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Verified objects of the store on the local disk, within a bound of bytes: those used longest ago go first. A file is
 * named by its digest and never changed in place, since a session of ONNX Runtime may have it mapped. One that is
 * removed while it is open stays readable until it is closed. Threads may share it.
 */
public final class FileCache {
    private static final Logger LOG = LoggerFactory.getLogger(FileCache.class);

    /**
     * However large, the files of the job at hand stay: at most four checkpoints, a data set, features of two. The order of
     * learning, which reads the features of every checkpoint, holds them open.
     */
    private static final int KEPT_AT_LEAST = 8;

    private final ObjectStore store;
    private final Path folder;
    private final long maxBytes;
    private final Map<String, CachedFile> byKey = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    /**
     * Keeps files in a folder of its own: what an earlier process left there is removed.
     *
     * @param store from which they come
     * @param folder created when it is not there
     * @param maxBytes kept on the disk
     */
    public FileCache(ObjectStore store, Path folder, long maxBytes) {
        this.store = store;
        this.folder = folder.toAbsolutePath();
        this.maxBytes = maxBytes;
        empty();
    }

    /**
     * Returns a verified object as a file.
     *
     * @param key of an object
     * @param expected whether a digest is the one that was announced
     * @throws NotMeasurableException when the bytes are not what was announced
     */
    public synchronized CachedFile fetch(String key, Predicate<Digest> expected) {
        CachedFile known = byKey.get(key);
        if (known != null && expected.test(known.digest()) && Files.exists(known.path())) {
            return known;
        }
        CachedFile fetched = download(key, expected);
        CachedFile before = byKey.put(key, fetched);
        bytes += fetched.bytes();
        if (before != null) { // tensors of an analysis that was measured again
            letGo(before);
        }
        evict(KEPT_AT_LEAST);
        return fetched;
    }

    /** Returns the folder, for files that are on their way into the store. */
    public Path folder() {
        return folder;
    }

    private CachedFile download(String key, Predicate<Digest> expected) {
        try {
            Path partial = Files.createTempFile(folder, "download.", ".partial");
            try {
                Digest found = receive(key, partial);
                if (!expected.test(found)) {
                    throw new NotMeasurableException(key + ": its SHA-256 is " + found
                            + ", not what was announced; restore the object and ask" + " for the analysis again");
                }
                Path target = folder.resolve(Downloads.fileName(key, found));
                long size = Files.size(partial);
                Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                LOG.debug("object fetched key={} bytes={}", key, size);
                return new CachedFile(target, found, size);
            } finally {
                Files.deleteIfExists(partial);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep " + key + " in " + folder + "; is the disk full?", e);
        }
    }

    private Digest receive(String key, Path into) throws IOException {
        try (InputStream in = store.open(key);
                DigestOutputStream out = new DigestOutputStream(Files.newOutputStream(into), ContentHash.sha256())) {
            in.transferTo(out);
            return Digest.ofHash(out.getMessageDigest().digest());
        }
    }

    /** Lets go of all that is beyond the bound: nobody reads the files of a job any more. */
    public synchronized void settle() {
        evict(0);
    }

    private void evict(int keptAtLeast) {
        Iterator<CachedFile> eldest = byKey.values().iterator();
        while (bytes > maxBytes && byKey.size() > keptAtLeast) {
            CachedFile file = eldest.next();
            eldest.remove();
            letGo(file);
        }
    }

    private void letGo(CachedFile file) {
        bytes -= file.bytes();
        if (byKey.values().stream().noneMatch(other -> other.path().equals(file.path()))) {
            remove(file.path());
        }
    }

    private void empty() {
        try {
            Files.createDirectories(folder);
            try (Stream<Path> left = Files.list(folder)) {
                left.filter(Files::isRegularFile).forEach(FileCache::remove);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot use " + folder + " as a cache; set another folder", e);
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
