package io.thetascope.analyzer.records;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What was found last, so that it is not asked for again; what was not found is. Threads may share it.
 *
 * @param <K> by what it is asked for
 * @param <V> what never changes once it is there
 */
public final class Remembered<K, V> {
    private final Map<K, V> latest;

    /** Remembers so many, those asked for last. */
    public Remembered(int capacity) {
        this.latest = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > capacity;
            }
        };
    }

    /** Remembers a value that was found otherwise, in place of the one before. */
    void put(K key, V value) {
        synchronized (latest) {
            latest.put(key, value);
        }
    }

    /** Returns what is remembered or can be found. */
    public Optional<V> get(K key, Function<K, Optional<V>> find) {
        synchronized (latest) {
            V known = latest.get(key);
            if (known != null) {
                return Optional.of(known);
            }
        }
        Optional<V> found = find.apply(key);
        synchronized (latest) {
            found.ifPresent(value -> latest.put(key, value));
        }
        return found;
    }
}
