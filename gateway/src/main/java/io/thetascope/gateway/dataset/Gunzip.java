package io.thetascope.gateway.dataset;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/** Unpacks gzip strictly: checksums are verified, bytes after the last member refused, long headers too. */
final class Gunzip {
    private static final int MOST_HEADER_BYTES = 1 << 16;

    private Gunzip() {}

    /** Unpacks as it is read, in bounded memory; every fault of the format is an {@link IOException}. */
    static InputStream of(InputStream packed) throws IOException {
        return GzipCompressorInputStream.builder()
                .setInputStream(new ShortHeaders(packed))
                .setDecompressConcatenated(true)
                .get();
    }

    /** The unpacker reads names and comments of the header byte by byte and keeps them; everything else in blocks. */
    private static final class ShortHeaders extends FilterInputStream {
        private int single;

        ShortHeaders(InputStream packed) {
            super(packed);
        }

        @Override
        public int read() throws IOException {
            if (++single > MOST_HEADER_BYTES) {
                throw new IOException("a gzip header of more than " + MOST_HEADER_BYTES + " bytes");
            }
            return super.read();
        }

        @Override
        public int read(byte[] into, int at, int count) throws IOException {
            single = 0;
            return super.read(into, at, count);
        }
    }
}
