package io.thetascope.gateway.pretrained;

import io.thetascope.contracts.identity.ContentHash;
import io.thetascope.contracts.identity.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A body that was written to a file of its own. Caller closes it, which removes the file.
 *
 * @param path where it is
 * @param sha256 of what was written
 * @param bytes of what was written: one more than wanted when the body goes on
 */
record ReceivedFile(Path path, Digest sha256, long bytes) implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ReceivedFile.class);
    private static final int CHUNK = 1 << 16;

    /**
     * Receives a body, but not much more than so many bytes of it.
     *
     * @throws io.thetascope.gateway.request.RefusedRequestException when the body breaks off
     * @throws UploadFolderException when the folder cannot take it
     */
    static ReceivedFile receive(InputStream body, Path folder, long most) {
        Path path = null;
        try {
            Files.createDirectories(folder);
            path = Files.createTempFile(folder, "upload.", ".partial");
            ReceivedFile file = write(body, path, most);
            path = null;
            return file;
        } catch (IOException e) {
            throw new UploadFolderException(folder, e);
        } finally {
            if (path != null) {
                delete(path);
            }
        }
    }

    private static ReceivedFile write(InputStream body, Path path, long most) throws IOException {
        MessageDigest sha256 = ContentHash.sha256();
        try (OutputStream out = Files.newOutputStream(path)) {
            byte[] chunk = new byte[CHUNK];
            long total = 0;
            while (total <= most) {
                int count = read(body, chunk, total);
                if (count < 0) {
                    break;
                }
                out.write(chunk, 0, count);
                sha256.update(chunk, 0, count);
                total += count;
            }
            return new ReceivedFile(path, Digest.ofHash(sha256.digest()), total);
        }
    }

    /** Whose fault it is must be told apart: a body that breaks off is sent again, a full disk is made free first. */
    private static int read(InputStream body, byte[] chunk, long before) {
        try {
            return body.read(chunk);
        } catch (IOException e) {
            LOG.info("upload broke off bytes={} cause={}", before, e.toString());
            throw WeightUploads.refused("the body broke off after " + before + " bytes; send it again");
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
