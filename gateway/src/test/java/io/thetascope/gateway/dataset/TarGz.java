package io.thetascope.gateway.dataset;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Builds archives, sound and hostile. */
final class TarGz {
    static final int BLOCK = 512;
    private static final int CHECKSUM = 148;
    private static final int CHECKSUM_LENGTH = 8;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes);

    TarGz file(String name, byte[] content) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
        return this;
    }

    TarGz file(String name, String content) throws IOException {
        return file(name, content.getBytes(StandardCharsets.US_ASCII));
    }

    TarGz symbolicLink(String name, String target) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
        entry.setLinkName(target);
        tar.putArchiveEntry(entry);
        tar.closeArchiveEntry();
        return this;
    }

    /** GNU's way to give the next entry a long name: a record that holds it. */
    TarGz longName(int length) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry("././@LongLink", TarConstants.LF_GNUTYPE_LONGNAME);
        entry.setSize(length);
        tar.putArchiveEntry(entry);
        tar.write("n".repeat(length).getBytes(StandardCharsets.US_ASCII));
        tar.closeArchiveEntry();
        return this;
    }

    /** A file whose size and name are given in an extended header before its own. */
    TarGz extended(String name, String content) throws IOException {
        String records = record("path", name)
                + record("size", Integer.toString(content.length()))
                + record("mtime", "1234567890.5")
                + record("uid", "1000");
        byte[] record = records.getBytes(StandardCharsets.US_ASCII);
        TarArchiveEntry entry = new TarArchiveEntry("./PaxHeaders/" + name, TarConstants.LF_PAX_EXTENDED_HEADER_LC);
        entry.setSize(record.length);
        tar.putArchiveEntry(entry);
        tar.write(record);
        tar.closeArchiveEntry();
        return file(name, content);
    }

    /** A record begins with its own length. */
    private static String record(String key, String value) {
        String rest = " " + key + "=" + value + "\n";
        int length = rest.length() + 2; // two digits
        return length + rest;
    }

    /** Writes the checksum that a header has to have. */
    static void mendChecksum(byte[] archive, int header) {
        long sum = 0;
        for (int i = 0; i < BLOCK; i++) {
            boolean own = i >= CHECKSUM && i < CHECKSUM + CHECKSUM_LENGTH;
            sum += own ? ' ' : archive[header + i] & 0xFF;
        }
        byte[] octal = String.format("%06o\0 ", sum).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(octal, 0, archive, header + CHECKSUM, CHECKSUM_LENGTH);
    }

    byte[] unpacked() throws IOException {
        tar.close();
        return bytes.toByteArray();
    }

    byte[] packed() throws IOException {
        return gzip(unpacked());
    }

    static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write(content);
        }
        return packed.toByteArray();
    }
}
