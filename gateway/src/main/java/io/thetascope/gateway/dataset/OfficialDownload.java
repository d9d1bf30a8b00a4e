package io.thetascope.gateway.dataset;

import io.thetascope.contracts.identity.ContentHash;
import io.thetascope.contracts.identity.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.List;

/** Fetches a data set from its home; a file is kept only when its digest is the official one. */
final class OfficialDownload {
    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofSeconds(30);
    private static final long LARGEST_FILE = 256L << 20;

    private final Duration longestPause;
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();

    OfficialDownload() {
        this(PAUSE);
    }

    /** Gives up when nothing comes for so long. */
    OfficialDownload(Duration longestPause) {
        this.longestPause = longestPause;
    }

    /** Downloads what is missing in the folder. */
    void fetch(List<OfficialFile> files, Path folder) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        for (OfficialFile file : files) {
            Path target = folder.resolve(file.name());
            if (!Files.isRegularFile(target)) {
                fetch(file.home(), file.sha256(), target);
            }
        }
    }

    private void fetch(URI from, Digest official, Path target) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(from).timeout(ANSWER).build();
        HttpResponse<InputStream> answer = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
        Path partial = Files.createTempFile(target.toAbsolutePath().getParent(), "download", ".partial");
        try (WatchedBody body = new WatchedBody(answer.body(), from, longestPause)) {
            if (answer.statusCode() != 200) {
                throw new IOException(from + " answered " + answer.statusCode());
            }
            Digest found = copy(body, partial, from);
            if (!found.equals(official)) {
                throw new IOException(from + " has SHA-256 " + found + ", official is " + official);
            }
            Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(partial);
        }
    }

    private static Digest copy(WatchedBody body, Path partial, URI from) throws IOException, InterruptedException {
        MessageDigest sha256 = ContentHash.sha256();
        try (OutputStream file = new DigestOutputStream(Files.newOutputStream(partial), sha256)) {
            byte[] chunk = new byte[1 << 16];
            long total = 0;
            for (int count = body.read(chunk); count >= 0; count = body.read(chunk)) {
                total += count;
                if (total > LARGEST_FILE) {
                    throw new IOException(from + " is larger than " + LARGEST_FILE + " bytes");
                }
                file.write(chunk, 0, count);
            }
        }
        return Digest.ofHash(sha256.digest());
    }
}
