package io.thetascope.jobqueue;

import io.thetascope.artifacts.store.InMemoryObjectStore;
import io.thetascope.artifacts.store.ObjectStat;
import io.thetascope.artifacts.store.ObjectStore;
import io.thetascope.artifacts.store.StoreUnavailableException;
import io.thetascope.contracts.identity.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A store that is away for a number of calls. */
final class FlakyStore implements ObjectStore {
    final AtomicInteger away = new AtomicInteger();
    private final InMemoryObjectStore store;

    FlakyStore(InstantSource clock) {
        this.store = new InMemoryObjectStore(clock);
    }

    private ObjectStore store() {
        if (away.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
            throw new StoreUnavailableException("away", new IOException("connection refused"));
        }
        return store;
    }

    @Override
    public void put(String key, byte[] content) {
        store().put(key, content);
    }

    @Override
    public void put(String key, Path file) {
        store().put(key, file);
    }

    @Override
    public Optional<byte[]> find(String key) {
        return store().find(key);
    }

    @Override
    public Path download(String key, Digest expected, Path folder) {
        return store().download(key, expected, folder);
    }

    @Override
    public InputStream open(String key) {
        return store().open(key);
    }

    @Override
    public InputStream open(String key, long offset, long length) {
        return store().open(key, offset, length);
    }

    @Override
    public Optional<ObjectStat> stat(String key) {
        return store().stat(key);
    }

    @Override
    public List<String> list(String prefix) {
        return store().list(prefix);
    }

    @Override
    public void delete(String key) {
        store().delete(key);
    }
}
