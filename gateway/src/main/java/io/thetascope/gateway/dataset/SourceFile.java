package io.thetascope.gateway.dataset;

import io.thetascope.contracts.identity.ContentHash;
import io.thetascope.contracts.identity.Digest;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.zip.GZIPInputStream;

/** A file of a data set wherever it lies: its bytes are read once, through a digest, and unpacked when they are gzip. */
final class SourceFile implements AutoCloseable {
    private static final int BUFFER = 1 << 16;
    private static final int GZIP_MAGIC_1 = 0x1f;
    private static final int GZIP_MAGIC_2 = 0x8b;

    private final String name;
    private final MessageDigest sha256 = ContentHash.sha256();
    private final InputStream raw;
    private final InputStream content;

    /** Opens the bytes; the caller closes this. */
    SourceFile(String name, InputStream bytes) throws IOException {
        this.name = name;
        this.raw = new BufferedInputStream(new DigestInputStream(bytes, sha256), BUFFER);
        raw.mark(2);
        boolean gzip = raw.read() == GZIP_MAGIC_1 && raw.read() == GZIP_MAGIC_2;
        raw.reset();
        this.content = gzip ? new GZIPInputStream(raw, BUFFER) : raw;
    }

    String name() {
        return name;
    }

    /** Reads exactly so many bytes of content. */
    byte[] take(int count) throws IOException, MalformedDatasetException {
        byte[] bytes = content.readNBytes(count);
        if (bytes.length < count) {
            throw new MalformedDatasetException(
                    name, "truncated: " + bytes.length + " of " + count + " bytes are left");
        }
        return bytes;
    }

    /** Expects the end: whatever follows is not unpacked, so a decompression bomb has no effect. */
    void end() throws IOException, MalformedDatasetException {
        if (content.read() >= 0) {
            throw new MalformedDatasetException(name, "there is more in it than its header says");
        }
    }

    /** Returns the digest of the file as it lies there, packed or not; to be asked for at the end. */
    Digest digest() throws IOException {
        raw.transferTo(OutputStream.nullOutputStream());
        return Digest.ofHash(sha256.digest());
    }

    @Override
    public void close() throws IOException {
        content.close();
        raw.close();
    }
}
