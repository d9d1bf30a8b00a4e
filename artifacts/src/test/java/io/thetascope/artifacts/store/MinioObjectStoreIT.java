package io.thetascope.artifacts.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thetascope.contracts.identity.Digest;
import io.thetascope.testkit.Infra;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MinioObjectStoreIT {
    private static MinioObjectStore store;

    @TempDir
    Path folder;

    @BeforeAll
    static void connect() {
        store = MinioObjectStore.at(location("thetascope-artifacts-it"));
        store.ensureBucket();
    }

    @AfterAll
    static void disconnect() {
        store.close();
    }

    @Test
    void creatingTheBucketTwiceIsCreatingItOnce() {
        store.ensureBucket();
        store.ensureBucket();

        assertThat(store.list("nothing/")).isEmpty();
    }

    @Test
    void keepsBytesAndReplacesThemWhole() {
        store.put("a/b.json", bytes("{\"one\":1}"));
        store.put("a/b.json", bytes("{}"));

        assertThat(store.get("a/b.json")).isEqualTo(bytes("{}"));
        assertThat(store.stat("a/b.json")).map(ObjectStat::bytes).contains(2L);
    }

    @Test
    void whatIsMissingIsSaidNotThrownWhereItMayBe() {
        assertThat(store.find("missing")).isEmpty();
        assertThat(store.stat("missing")).isEmpty();
        store.delete("missing");
        assertThatThrownBy(() -> store.get("missing")).isInstanceOf(MissingObjectException.class);
        assertThatThrownBy(() -> store.download("missing", Digest.of(new byte[0]), folder))
                .isInstanceOf(MissingObjectException.class);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void deletedObjectsAreGone() {
        store.put("gone", bytes("x"));
        store.delete("gone");

        assertThat(store.find("gone")).isEmpty();
    }

    @Test
    void listsEveryNameWithAPrefixAcrossPages() {
        List<String> keys = IntStream.range(0, 1_050)
                .mapToObj(i -> "many/%04d".formatted(i))
                .toList();
        keys.parallelStream().forEach(key -> store.put(key, bytes("x")));
        store.put("many-not", bytes("x"));

        assertThat(store.list("many/")).isEqualTo(keys);
        assertThat(store.list("many/104")).hasSize(10);
    }

    @Test
    void movesLargeFilesInPartsAndVerifiesThem() throws IOException {
        byte[] content = new byte[40 << 20];
        new SplittableRandom(1).nextBytes(content);
        Path file = Files.write(folder.resolve("large"), content);
        store.put("large.safetensors", file);

        Path brought = store.download("large.safetensors", Digest.of(content), folder.resolve("cache"));

        assertThat(brought).hasFileName(Digest.of(content) + ".safetensors").hasBinaryContent(content);
        try (InputStream range = store.open("large.safetensors", 20L << 20, 1_000)) {
            assertThat(range.readAllBytes()).isEqualTo(Arrays.copyOfRange(content, 20 << 20, (20 << 20) + 1_000));
        }
    }

    @Test
    void refusesDamagedBytesAndLeavesNothingBehind() throws IOException {
        store.put("damaged.safetensors", bytes("these are not the bytes"));

        assertThatThrownBy(() -> store.download("damaged.safetensors", Digest.of(bytes("the bytes")), folder))
                .isInstanceOf(DamagedObjectException.class)
                .hasMessageStartingWith("damaged.safetensors: SHA-256 is ");
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void bringsAFileAgainOnlyWhenTheOneThereIsNotSound() throws IOException {
        Digest digest = Digest.of(bytes("sound"));
        store.put("sound.bin", bytes("sound"));
        Path brought = store.download("sound.bin", digest, folder);
        store.delete("sound.bin");

        assertThat(store.download("sound.bin", digest, folder)).isEqualTo(brought); // not asked for again
        Files.writeString(brought, "rotten");
        assertThatThrownBy(() -> store.download("sound.bin", digest, folder))
                .isInstanceOf(MissingObjectException.class);
    }

    @Test
    void aStoreThatDoesNotAnswerIsUnavailable() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        URI nowhere = URI.create("http://127.0.0.1:" + port);
        try (MinioObjectStore away = MinioObjectStore.at(new StoreLocation(nowhere, "key", "secret-key", "bucket"))) {
            assertThatThrownBy(() -> away.find("x")).isInstanceOf(StoreUnavailableException.class);
            assertThatThrownBy(() -> away.put("x", bytes("x"))).isInstanceOf(StoreUnavailableException.class);
            assertThatThrownBy(() -> away.list("x")).isInstanceOf(StoreUnavailableException.class);
            assertThatThrownBy(away::ensureBucket).isInstanceOf(StoreUnavailableException.class);
        }
    }

    @Test
    void wrongKeysAreRefusedNotRetried() {
        URI endpoint = location("x").endpoint();
        StoreLocation stranger = new StoreLocation(endpoint, "stranger", "wrong-secret", "thetascope-artifacts-it");
        try (MinioObjectStore refused = MinioObjectStore.at(stranger)) {
            assertThatThrownBy(() -> refused.find("x"))
                    .isInstanceOf(StoreRefusedException.class)
                    .hasMessageContaining("check the store's address, keys and bucket");
        }
        assertThat(stranger.toString()).doesNotContain("wrong-secret");
    }

    private static StoreLocation location(String bucket) {
        Infra infra = Infra.get();
        return new StoreLocation(
                URI.create(infra.s3Endpoint().toString()), infra.accessKey(), infra.secretKey(), bucket);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
