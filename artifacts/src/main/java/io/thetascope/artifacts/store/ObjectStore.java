package io.thetascope.artifacts.store;

import io.thetascope.contracts.identity.Digest;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Whole objects under names, read after write. A put replaces what was there, all or nothing.
 *
 * <p>Every call may throw {@link StoreUnavailableException}, after which trying again is right.
 */
public interface ObjectStore {
    /** Writes an object from memory. */
    void put(String key, byte[] content);

    /** Writes an object from a file, large ones in parts. */
    void put(String key, Path file);

    /** Reads a small object, of at most 64 MiB, into memory; empty when there is none. */
    Optional<byte[]> find(String key);

    /**
     * Reads a small object that must be there.
     *
     * @throws MissingObjectException when there is none
     */
    default byte[] get(String key) {
        return find(key).orElseThrow(() -> new MissingObjectException(key));
    }

    /**
     * Brings an object into a folder under the name {@link Downloads#fileName}; a sound file that is there already is
     * kept, and a file appears under that name only when its digest was verified.
     *
     * @throws MissingObjectException when there is none
     * @throws DamagedObjectException when its bytes are not those of the digest
     */
    Path download(String key, Digest expected, Path folder);

    /**
     * Opens a whole object. Caller closes the result.
     *
     * @throws MissingObjectException when there is none
     */
    InputStream open(String key);

    /**
     * Opens a range of an object. Caller closes the result.
     *
     * @param offset of the first byte
     * @param length at least 1
     * @throws MissingObjectException when there is none
     */
    InputStream open(String key, long offset, long length);

    /** Asks for an object's size; empty when there is none. */
    Optional<ObjectStat> stat(String key);

    /** Lists the names that begin with a prefix, sorted, however many. */
    List<String> list(String prefix);

    /** Removes an object; nothing happens when there is none. */
    void delete(String key);
}
