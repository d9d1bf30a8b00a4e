package io.thetascope.gateway.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.thetascope.contracts.identity.Digest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class OfficialDownloadTest {
    private static final byte[] CONTENT = "the archive".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path folder;

    private final List<String> asked = new ArrayList<>();
    private final OfficialDownload download = new OfficialDownload();
    private final HttpServer server;

    OfficialDownloadTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void serve() {
        server.createContext("/kriz/", exchange -> {
            asked.add(exchange.getRequestURI().getPath());
            boolean there = exchange.getRequestURI().getPath().endsWith("cifar-10-binary.tar.gz");
            exchange.sendResponseHeaders(there ? 200 : 404, there ? CONTENT.length : -1);
            if (there) {
                exchange.getResponseBody().write(CONTENT);
            }
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private OfficialFile file(String name, Digest sha256) {
        URI home = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/kriz/");
        return new OfficialFile(home.resolve(name), sha256);
    }

    @Test
    void keepsTheOfficialFileAndAsksOnce() throws Exception {
        OfficialFile archive = file("cifar-10-binary.tar.gz", Digest.of(CONTENT));
        download.fetch(List.of(archive), folder);
        download.fetch(List.of(archive), folder);
        assertThat(folder.resolve("cifar-10-binary.tar.gz")).hasBinaryContent(CONTENT);
        assertThat(asked).containsExactly("/kriz/cifar-10-binary.tar.gz");
    }

    @Test
    void keepsNothingOfAnotherChecksum() throws IOException {
        OfficialFile archive = file("cifar-10-binary.tar.gz", new Digest("ab".repeat(32)));
        assertThatThrownBy(() -> download.fetch(List.of(archive), folder))
                .hasMessageContaining("has SHA-256 " + Digest.of(CONTENT))
                .hasMessageContaining("official is abab");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void saysWhatTheServerAnswered() throws IOException {
        OfficialFile missing = file("nothing.gz", Digest.of(CONTENT));
        assertThatThrownBy(() -> download.fetch(List.of(missing), folder)).hasMessageContaining("answered 404");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    @Timeout(20)
    void givesUpWhenTheServerStopsSending() {
        server.createContext("/stalled/", exchange -> {
            exchange.sendResponseHeaders(200, CONTENT.length);
            exchange.getResponseBody().write(CONTENT, 0, 4);
            exchange.getResponseBody().flush(); // the rest never comes, and the connection stays open
        });
        URI stalled = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/stalled/archive");
        OfficialDownload impatient = new OfficialDownload(Duration.ofMillis(300));
        assertThatThrownBy(() -> impatient.fetch(List.of(new OfficialFile(stalled, Digest.of(CONTENT))), folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(stalled + " stopped sending after 4 bytes");
        assertThat(folder).isEmptyDirectory();
    }

    /** Oracle: the checksum list of the project, and the home page of the data set. */
    @Test
    void theOfficialArchiveIsKrizhevskys() {
        assertThat(KnownDataset.CIFAR10.officialFiles())
                .containsExactly(new OfficialFile(
                        URI.create("https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz"),
                        new Digest("c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd")));
        assertThat(KnownDataset.MNIST.officialFiles())
                .extracting(OfficialFile::name)
                .contains("train-images-idx3-ubyte.gz");
    }
}
