package io.thetascope.gateway.dataset;

import io.thetascope.contracts.identity.ContentHash;
import io.thetascope.contracts.identity.Digest;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;

/** A file wherever it lies: its bytes are read once, through a digest, and unpacked when they are gzip. */
final class DigestedFile implements AutoCloseable {
    private static final int BUFFER = 1 << 16;
    private static final int GZIP_MAGIC_1 = 0x1f;
    private static final int GZIP_MAGIC_2 = 0x8b;

    private final MessageDigest sha256 = ContentHash.sha256();
    private final InputStream raw;
    private final SourceFile content;

    /** Takes over the bytes; the caller closes this. */
    DigestedFile(String name, InputStream bytes) throws IOException, MalformedDatasetException {
        raw = new BufferedInputStream(new DigestInputStream(bytes, sha256), BUFFER);
        raw.mark(2);
        boolean packed = raw.read() == GZIP_MAGIC_1 && raw.read() == GZIP_MAGIC_2;
        raw.reset();
        content = packed ? SourceFile.packed(name, raw) : SourceFile.plain(name, raw);
    }

    SourceFile content() {
        return content;
    }

    /** Returns the digest of the file as it lies there, packed or not; to be asked for at the end. */
    Digest digest() throws IOException {
        raw.transferTo(OutputStream.nullOutputStream());
        return Digest.ofHash(sha256.digest());
    }

    @Override
    public void close() throws IOException {
        raw.close();
    }
}
