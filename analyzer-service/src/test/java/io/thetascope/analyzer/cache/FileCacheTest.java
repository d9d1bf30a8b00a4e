package io.thetascope.analyzer.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thetascope.artifacts.store.InMemoryObjectStore;
import io.thetascope.contracts.identity.Digest;
import io.thetascope.measures.NotMeasurableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileCacheTest {
    private static final int SIZE = 100;

    private final InMemoryObjectStore store = new InMemoryObjectStore(InstantSource.fixed(Instant.EPOCH));

    @TempDir
    private Path folder;

    private static byte[] content(int of) {
        byte[] bytes = new byte[SIZE];
        bytes[0] = (byte) of;
        return bytes;
    }

    private CachedFile fetch(FileCache cache, int of) {
        store.put("key-" + of, content(of));
        return cache.fetch("key-" + of, Digest.of(content(of))::equals);
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(f -> f.getFileName().toString()).toList();
        }
    }

    @Test
    void bringsAnObjectOnce() throws IOException {
        // Given
        FileCache cache = new FileCache(store, folder, SIZE);
        CachedFile first = fetch(cache, 1);

        // When the store forgets it
        store.delete("key-1");
        CachedFile second = cache.fetch("key-1", Digest.of(content(1))::equals);

        // Then
        assertThat(second).isEqualTo(first);
        assertThat(Files.readAllBytes(second.path())).isEqualTo(content(1));
    }

    @Test
    void letsGoOfWhatWasUsedLongestAgo() throws IOException {
        // Given room for ten
        FileCache cache = new FileCache(store, folder, 10 * SIZE);
        CachedFile first = fetch(cache, 0);
        CachedFile second = fetch(cache, 1);
        for (int i = 2; i < 10; i++) {
            fetch(cache, i);
        }

        // When the first is used again and an eleventh comes
        fetch(cache, 0);
        fetch(cache, 10);

        // Then
        assertThat(files()).hasSize(10);
        assertThat(first.path()).exists();
        assertThat(second.path()).doesNotExist();
    }

    @Test
    void keepsTheFilesOfAJobHoweverLarge() throws IOException {
        // Given no room at all
        FileCache cache = new FileCache(store, folder, 1);

        // When
        for (int i = 0; i < 20; i++) {
            fetch(cache, i);
        }

        // Then as many as a job reads, until it ends
        assertThat(files()).hasSize(8);
        cache.settle();
        assertThat(files()).isEmpty();
    }

    @Test
    void keepsNothingOfAnObjectThatWasMeasuredAgain() throws IOException {
        // Given tensors of an analysis, whose key has no digest
        FileCache cache = new FileCache(store, folder, 10 * SIZE);
        store.put("key", content(1));
        cache.fetch("key", Digest.of(content(1))::equals);

        // When others lie there, and are asked for
        store.put("key", content(2));
        CachedFile again = cache.fetch("key", Digest.of(content(2))::equals);

        // Then
        assertThat(files()).containsExactly(again.path().getFileName().toString());
    }

    @Test
    void refusesOtherBytesAndLeavesNoneBehind() throws IOException {
        // Given
        FileCache cache = new FileCache(store, folder, SIZE);
        store.put("key", content(1));

        // Then
        assertThatThrownBy(() -> cache.fetch("key", Digest.of(content(2))::equals))
                .isInstanceOf(NotMeasurableException.class)
                .hasMessageContaining("key: its SHA-256 is " + Digest.of(content(1)))
                .hasMessageContaining("restore the object");
        assertThat(files()).isEmpty();
    }

    @Test
    void startsEmpty() throws IOException {
        // Given what an earlier cache left
        Files.write(folder.resolve("left.partial"), content(1));

        // When
        FileCache cache = new FileCache(store, folder, SIZE);

        // Then
        assertThat(cache.folder()).isEmptyDirectory();
    }
}
