package io.thetascope.gateway.dataset;

import java.io.IOException;
import java.io.InputStream;

/** The content of a file of a data set, read strictly from front to end. Who opened the stream closes it. */
final class SourceFile {
    private final String name;
    private final InputStream content;
    private final boolean unpacked;

    private SourceFile(String name, InputStream content, boolean unpacked) {
        this.name = name;
        this.content = content;
        this.unpacked = unpacked;
    }

    /** The bytes are the content. */
    static SourceFile plain(String name, InputStream bytes) {
        return new SourceFile(name, bytes, false);
    }

    /** The content is unpacked from a stream: what goes wrong in it is the file's fault. */
    static SourceFile unpacked(String name, InputStream content) {
        return new SourceFile(name, content, true);
    }

    /** The bytes are gzip. */
    static SourceFile packed(String name, InputStream bytes) throws MalformedDatasetException {
        try {
            return unpacked(name, Gunzip.of(bytes));
        } catch (IOException e) {
            throw damaged(name, e);
        }
    }

    String name() {
        return name;
    }

    /** Reads exactly so many bytes of content. */
    byte[] take(int count) throws IOException, MalformedDatasetException {
        byte[] bytes = read(count);
        if (bytes.length < count) {
            throw new MalformedDatasetException(
                    name, "truncated: " + bytes.length + " of " + count + " bytes are left");
        }
        return bytes;
    }

    /** Expects the end: whatever follows is not unpacked, so a decompression bomb has no effect. */
    void end() throws IOException, MalformedDatasetException {
        if (read(1).length > 0) {
            throw new MalformedDatasetException(name, "there is more in it than its header says");
        }
    }

    private byte[] read(int count) throws IOException, MalformedDatasetException {
        try {
            return content.readNBytes(count);
        } catch (IOException e) {
            if (unpacked) {
                throw damaged(name, e);
            }
            throw e;
        }
    }

    static MalformedDatasetException damaged(String name, IOException cause) {
        return new MalformedDatasetException(name, "cannot be unpacked, truncated or damaged: " + cause.getMessage());
    }
}
