package io.thetascope.artifacts.safetensors;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An open safetensors file; tensors are read in pieces, so that memory does not grow with the file. One thread at a
 * time. Caller closes it.
 */
public final class SafetensorsFile implements AutoCloseable {
    private static final int CHUNK_BYTES = 1 << 20;

    private final Path path;
    private final FileChannel channel;
    private final SafetensorsHeader header;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(CHUNK_BYTES).order(ByteOrder.LITTLE_ENDIAN);

    private SafetensorsFile(Path path, FileChannel channel, SafetensorsHeader header) {
        this.path = path;
        this.channel = channel;
        this.header = header;
    }

    /**
     * Opens a file and verifies its header.
     *
     * @throws MalformedSafetensorsException when a rule of the format is broken
     * @throws UncheckedIOException when the file cannot be read
     */
    @SuppressWarnings("resource") // the channel is closed with the file; the stream is a view of it
    public static SafetensorsFile open(Path path) {
        FileChannel channel = null;
        try {
            channel = FileChannel.open(path, StandardOpenOption.READ);
            SafetensorsHeader header =
                    SafetensorsHeader.read(Channels.newInputStream(channel), channel.size(), path.toString());
            SafetensorsFile file = new SafetensorsFile(path, channel, header);
            channel = null;
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + path, e);
        } finally {
            closeQuietly(channel);
        }
    }

    /** Returns where the file is. */
    public Path path() {
        return path;
    }

    /** Returns the verified header. */
    public SafetensorsHeader header() {
        return header;
    }

    /**
     * Finds a tensor that must be there.
     *
     * @throws MalformedSafetensorsException when it is not
     */
    public TensorEntry tensor(String name) {
        return header.find(name)
                .orElseThrow(() -> new MalformedSafetensorsException(
                        path.toString(), "lacks tensor " + MalformedSafetensorsException.quoted(name)));
    }

    /**
     * Reads a range of an F32 tensor.
     *
     * @param from first element
     * @param into receives the values
     * @param at where the first value goes
     * @param count how many
     */
    public void readFloats(TensorEntry tensor, long from, float[] into, int at, int count) {
        require(tensor, DType.F32, from, count);
        Objects.checkFromIndexSize(at, count, into.length);
        int done = 0;
        while (done < count) {
            int now = Math.min(count - done, CHUNK_BYTES / Float.BYTES);
            fill(position(tensor, from + done), now * Float.BYTES);
            buffer.asFloatBuffer().get(into, at + done, now);
            done += now;
        }
    }

    /** Reads a whole F32 tensor; for those known to be small enough. */
    public float[] readFloats(TensorEntry tensor) {
        float[] values = new float[Math.toIntExact(tensor.elements())];
        readFloats(tensor, 0, values, 0, values.length);
        return values;
    }

    /** Hands a whole F32 tensor over in pieces of at most 262,144 values; the array is used again. */
    public void forEachChunk(TensorEntry tensor, FloatChunk use) {
        float[] chunk = new float[(int) Math.min(tensor.elements(), CHUNK_BYTES / Float.BYTES)];
        for (long from = 0; from < tensor.elements(); from += chunk.length) {
            int count = (int) Math.min(chunk.length, tensor.elements() - from);
            readFloats(tensor, from, chunk, 0, count);
            use.accept(from, chunk, count);
        }
    }

    /** Reads a range of an I64 tensor. */
    public void readLongs(TensorEntry tensor, long from, long[] into, int at, int count) {
        require(tensor, DType.I64, from, count);
        Objects.checkFromIndexSize(at, count, into.length);
        int done = 0;
        while (done < count) {
            int now = Math.min(count - done, CHUNK_BYTES / Long.BYTES);
            fill(position(tensor, from + done), now * Long.BYTES);
            buffer.asLongBuffer().get(into, at + done, now);
            done += now;
        }
    }

    /** Reads a range of a tensor's bytes, whatever its type. */
    public void readBytes(TensorEntry tensor, long fromByte, byte[] into, int at, int count) {
        Objects.checkFromIndexSize(fromByte, count, tensor.byteCount());
        Objects.checkFromIndexSize(at, count, into.length);
        int done = 0;
        while (done < count) {
            int now = Math.min(count - done, CHUNK_BYTES);
            fill(header.fileOffset(tensor) + fromByte + done, now);
            buffer.get(into, at + done, now);
            done += now;
        }
    }

    private long position(TensorEntry tensor, long element) {
        return header.fileOffset(tensor) + element * tensor.dtype().bytes();
    }

    private void require(TensorEntry tensor, DType dtype, long from, int count) {
        if (tensor.dtype() != dtype) {
            throw new MalformedSafetensorsException(
                    path.toString(),
                    "tensor " + MalformedSafetensorsException.quoted(tensor.name()) + " is " + tensor.dtype()
                            + " where " + dtype + " is needed");
        }
        Objects.checkFromIndexSize(from, count, tensor.elements());
    }

    private void fill(long position, int bytes) {
        buffer.clear().limit(bytes);
        try {
            while (buffer.hasRemaining()) {
                if (channel.read(buffer, position + buffer.position()) < 0) {
                    throw new MalformedSafetensorsException(path.toString(), "became shorter while it was read");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + path, e);
        }
        buffer.flip();
    }

    @Override
    public void close() {
        closeQuietly(channel);
    }

    private static void closeQuietly(@Nullable FileChannel channel) {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                throw new UncheckedIOException("cannot close a file that was read", e);
            }
        }
    }
}
