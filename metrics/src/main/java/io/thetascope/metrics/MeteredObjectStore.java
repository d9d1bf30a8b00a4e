package io.thetascope.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.thetascope.artifacts.store.DamagedObjectException;
import io.thetascope.artifacts.store.MissingObjectException;
import io.thetascope.artifacts.store.ObjectStat;
import io.thetascope.artifacts.store.ObjectStore;
import io.thetascope.artifacts.store.StoreRefusedException;
import io.thetascope.artifacts.store.StoreUnavailableException;
import io.thetascope.contracts.identity.Digest;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Times the operations of a store: {@code thetascope_store_operation_seconds} by operation and outcome ({@code ok},
 * {@code missing}, {@code damaged}, {@code refused}, {@code unavailable}, {@code error}). Opening counts until the first byte:
 * what breaks off later is the reader's to tell.
 */
public final class MeteredObjectStore implements ObjectStore {
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(10),
        Duration.ofMillis(50),
        Duration.ofMillis(250),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5),
        Duration.ofSeconds(30),
        Duration.ofSeconds(120)
    };

    private static final String DAMAGED = "damaged";

    private final ObjectStore store;
    private final MeterRegistry meters;
    private final Consumer<String> written;

    /** Times the operations of this store. */
    public MeteredObjectStore(ObjectStore store, MeterRegistry meters) {
        this(store, meters, key -> {});
    }

    /**
     * Times the operations of this store.
     *
     * @param written told the name of every object that was written; it must be quick
     */
    public MeteredObjectStore(ObjectStore store, MeterRegistry meters, Consumer<String> written) {
        this.store = store;
        this.meters = meters;
        this.written = written;
        Timer unused = timer("download", DAMAGED); // an increase is seen only in a series that was there before
    }

    @Override
    public void put(String key, byte[] content) {
        write(key, () -> store.put(key, content));
    }

    @Override
    public void put(String key, Path file) {
        write(key, () -> store.put(key, file));
    }

    @Override
    public Optional<byte[]> find(String key) {
        return timed("find", () -> store.find(key));
    }

    @Override
    public Path download(String key, Digest expected, Path folder) {
        return timed("download", () -> store.download(key, expected, folder));
    }

    @Override
    public InputStream open(String key) {
        return timed("open", () -> store.open(key));
    }

    @Override
    public InputStream open(String key, long offset, long length) {
        return timed("open", () -> store.open(key, offset, length));
    }

    @Override
    public Optional<ObjectStat> stat(String key) {
        return timed("stat", () -> store.stat(key));
    }

    @Override
    public List<String> list(String prefix) {
        return timed("list", () -> store.list(prefix));
    }

    @Override
    public void delete(String key) {
        run("delete", () -> store.delete(key));
    }

    private void write(String key, Runnable put) {
        run("put", put);
        written.accept(key);
    }

    private void run(String operation, Runnable call) {
        timed(operation, () -> {
            call.run();
            return operation;
        });
    }

    private <T> T timed(String operation, Supplier<T> call) {
        Timer.Sample sample = Timer.start(meters);
        String outcome = "error";
        try {
            T answer = call.get();
            outcome = answer instanceof Optional<?> found && found.isEmpty() ? "missing" : "ok";
            return answer;
        } catch (RuntimeException e) {
            outcome = outcome(e);
            throw e;
        } finally {
            sample.stop(timer(operation, outcome));
        }
    }

    private static String outcome(RuntimeException failure) {
        if (failure instanceof StoreUnavailableException) {
            return "unavailable";
        } else if (failure instanceof StoreRefusedException) {
            return "refused";
        } else if (failure instanceof DamagedObjectException) {
            return DAMAGED;
        }
        return failure instanceof MissingObjectException ? "missing" : "error";
    }

    private Timer timer(String operation, String outcome) {
        return Timer.builder("thetascope.store.operation")
                .description("operations of the object store")
                .tags("operation", operation, "outcome", outcome)
                .serviceLevelObjectives(BUCKETS)
                .register(meters);
    }
}
