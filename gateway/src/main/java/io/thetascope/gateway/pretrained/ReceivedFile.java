package io.thetascope.gateway.pretrained;

import io.thetascope.contracts.identity.ContentHash;
import io.thetascope.contracts.identity.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;

/**
 * A body that was written to a file of its own. Caller closes it, which removes the file.
 *
 * @param path where it is
 * @param sha256 of what was written
 * @param bytes of what was written: one more than wanted when the body goes on
 */
record ReceivedFile(Path path, Digest sha256, long bytes) implements AutoCloseable {
    private static final int CHUNK = 1 << 16;

    /** Receives a body, but not much more than so many bytes of it. */
    static ReceivedFile receive(InputStream body, Path folder, long most) {
        Path path = null;
        try {
            Files.createDirectories(folder);
            path = Files.createTempFile(folder, "upload.", ".partial");
            ReceivedFile file = write(body, path, most);
            path = null;
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot receive an upload into " + folder, e);
        } finally {
            if (path != null) {
                delete(path);
            }
        }
    }

    private static ReceivedFile write(InputStream body, Path path, long most) throws IOException {
        DigestOutputStream file = new DigestOutputStream(Files.newOutputStream(path), ContentHash.sha256());
        try (OutputStream out = file) {
            byte[] chunk = new byte[CHUNK];
            long total = 0;
            while (total <= most) {
                int count = body.read(chunk);
                if (count < 0) {
                    break;
                }
                out.write(chunk, 0, count);
                total += count;
            }
            return new ReceivedFile(path, Digest.ofHash(file.getMessageDigest().digest()), total);
        }
    }

    @Override
    public void close() {
        delete(path);
    }

    private static void delete(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + path, e);
        }
    }
}
