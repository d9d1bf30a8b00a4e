package io.thetascope.artifacts.safetensors;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import io.thetascope.contracts.identity.ContentHash;
import io.thetascope.contracts.identity.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;

/**
 * Writes a safetensors file tensor after tensor, in the declared order, with bounded memory.
 *
 * <p>The same declarations and values give the same bytes: metadata is sorted, the header padded with spaces to a
 * multiple of eight. The file appears under its name only when it is complete ({@link #finish}); closing without that
 * leaves nothing behind. One thread at a time. Caller closes it.
 */
public final class SafetensorsWriter implements AutoCloseable {
    private static final int CHUNK_BYTES = 1 << 20;

    private final Path target;
    private final Path partial;
    private final FileChannel channel;
    private final MessageDigest sha256 = ContentHash.sha256();
    private final ByteBuffer buffer = ByteBuffer.allocate(CHUNK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private final DeclaredOrder order;
    private long written;

    private SafetensorsWriter(Path target, Path partial, FileChannel channel, List<TensorSpec> tensors) {
        this.target = target;
        this.partial = partial;
        this.channel = channel;
        this.order = new DeclaredOrder(tensors);
    }

    /**
     * Begins a file.
     *
     * @param target where it will be; its folder exists
     * @param metadata of the file
     * @param tensors in the order in which they will be written, each at a multiple of its element size
     * @see TensorSpec#widestFirst
     */
    public static SafetensorsWriter create(Path target, Map<String, String> metadata, List<TensorSpec> tensors) {
        byte[] header = HeaderText.of(metadata, tensors);
        try {
            Path folder = target.toAbsolutePath().getParent();
            Path partial = Files.createTempFile(folder, target.getFileName() + ".", ".partial");
            return begin(target, partial, tensors, header);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + target, e);
        }
    }

    private static SafetensorsWriter begin(Path target, Path partial, List<TensorSpec> tensors, byte[] header)
            throws IOException {
        FileChannel channel = FileChannel.open(partial, WRITE);
        SafetensorsWriter writer = new SafetensorsWriter(target, partial, channel, tensors);
        try {
            writer.begin(header);
            return writer;
        } catch (RuntimeException e) {
            writer.close(); // as on a full disk: nobody else holds it
            throw e;
        }
    }

    /** Appends values to an F32 tensor; the tensor may be written in any number of pieces. */
    public void writeFloats(String name, float[] values, int from, int count) {
        order.take(name, DType.F32, (long) count * Float.BYTES);
        int done = 0;
        while (done < count) {
            int now = Math.min(count - done, CHUNK_BYTES / Float.BYTES);
            buffer.clear().limit(now * Float.BYTES);
            buffer.asFloatBuffer().put(values, from + done, now);
            append(buffer);
            done += now;
        }
    }

    /** Writes a whole F32 tensor. */
    public void writeFloats(String name, float[] values) {
        writeFloats(name, values, 0, values.length);
    }

    /** Appends values to an I64 tensor. */
    public void writeLongs(String name, long... values) {
        order.take(name, DType.I64, (long) values.length * Long.BYTES);
        int done = 0;
        while (done < values.length) {
            int now = Math.min(values.length - done, CHUNK_BYTES / Long.BYTES);
            buffer.clear().limit(now * Long.BYTES);
            buffer.asLongBuffer().put(values, done, now);
            append(buffer);
            done += now;
        }
    }

    /** Appends values to an F64 tensor. */
    public void writeDoubles(String name, double... values) {
        order.take(name, DType.F64, (long) values.length * Double.BYTES);
        int done = 0;
        while (done < values.length) {
            int now = Math.min(values.length - done, CHUNK_BYTES / Double.BYTES);
            buffer.clear().limit(now * Double.BYTES);
            buffer.asDoubleBuffer().put(values, done, now);
            append(buffer);
            done += now;
        }
    }

    /** Appends little-endian bytes to a tensor of any type. */
    public void writeBytes(String name, byte[] bytes, int from, int count) {
        order.take(name, order.dtypeOf(name), count);
        append(ByteBuffer.wrap(bytes, from, count));
    }

    /**
     * Completes the file and gives it its name.
     *
     * @throws IllegalStateException when a declared tensor is not complete
     */
    public WrittenFile finish() {
        order.requireComplete();
        try {
            channel.force(true);
            channel.close();
            Files.move(partial, target, ATOMIC_MOVE, REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + target, e);
        }
        return new WrittenFile(target, Digest.ofHash(sha256.digest()), written);
    }

    private void begin(byte[] header) {
        buffer.clear();
        buffer.putLong(header.length).flip();
        append(buffer);
        append(ByteBuffer.wrap(header));
    }

    private void append(ByteBuffer bytes) {
        written += bytes.remaining();
        sha256.update(bytes.duplicate());
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + target, e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
            Files.deleteIfExists(partial); // after finish() there is none
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + partial, e);
        }
    }
}
