package io.thetascope.artifacts.store;

import io.thetascope.contracts.identity.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** A store for tests and simulations; forgets everything with the process. */
public final class InMemoryObjectStore implements ObjectStore {
    private final InstantSource clock;
    private final NavigableMap<String, StoredObject> objects = new ConcurrentSkipListMap<>();

    /** Stamps objects with this clock. */
    public InMemoryObjectStore(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public void put(String key, byte[] content) {
        ObjectStat stat = new ObjectStat(key, content.length, clock.instant());
        objects.put(key, new StoredObject(stat, content.clone()));
    }

    @Override
    public void put(String key, Path file) {
        try {
            put(key, Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    @Override
    public Optional<byte[]> find(String key) {
        return Optional.ofNullable(objects.get(key)).map(o -> o.content().clone());
    }

    @Override
    public Path download(String key, Digest expected, Path folder) {
        return Downloads.fetch(key, expected, folder, () -> open(key));
    }

    @Override
    public InputStream open(String key) {
        return new ByteArrayInputStream(get(key));
    }

    @Override
    public InputStream open(String key, long offset, long length) {
        return new ByteArrayInputStream(get(key), Math.toIntExact(offset), Math.toIntExact(length));
    }

    @Override
    public Optional<ObjectStat> stat(String key) {
        return Optional.ofNullable(objects.get(key)).map(StoredObject::stat);
    }

    @Override
    public List<String> list(String prefix) {
        return objects.tailMap(prefix).keySet().stream()
                .takeWhile(key -> key.startsWith(prefix))
                .toList();
    }

    @Override
    public void delete(String key) {
        objects.remove(key);
    }

    @SuppressWarnings("ArrayRecordComponent") // cloned on the way in and out
    private record StoredObject(ObjectStat stat, byte[] content) {}
}
