package io.thetascope.artifacts.safetensors;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The verified header of a safetensors file: eight bytes of length (little endian), JSON, then the tensors without a
 * gap to the last byte.
 *
 * @param metadata of the file, sorted
 * @param tensors in the order of their bytes
 * @param dataStart where the first tensor's bytes begin in the file
 */
public record SafetensorsHeader(Map<String, String> metadata, List<TensorEntry> tensors, long dataStart) {
    /** The longest header that is read; the format allows 100 MB, the largest network here needs 20 kB. */
    public static final int MAX_BYTES = 4 << 20;

    static final String METADATA = "__metadata__";
    static final int LENGTH_BYTES = 8;

    public SafetensorsHeader {
        metadata = Collections.unmodifiableMap(new TreeMap<>(metadata));
        tensors = List.copyOf(tensors);
    }

    /**
     * Reads and verifies the header at the start of a stream and leaves the stream at the first tensor.
     *
     * @param in at the start of the file
     * @param fileBytes the size of the whole file
     * @param source names the file in errors
     * @throws MalformedSafetensorsException when a rule of the format is broken
     * @throws UncheckedIOException when the stream cannot be read
     */
    public static SafetensorsHeader read(InputStream in, long fileBytes, String source) {
        try {
            byte[] length = in.readNBytes(LENGTH_BYTES);
            int headerBytes = headerBytes(length, fileBytes, source);
            byte[] json = in.readNBytes(headerBytes);
            if (json.length < headerBytes) {
                throw new MalformedSafetensorsException(source, "the file ends within its header");
            }
            return parse(json, fileBytes, source);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + source, e);
        }
    }

    /**
     * Verifies a header.
     *
     * @param json the header's bytes, without the length before them
     * @param fileBytes the size of the whole file
     * @param source names the file in errors
     * @throws MalformedSafetensorsException when a rule of the format is broken
     */
    public static SafetensorsHeader parse(byte[] json, long fileBytes, String source) {
        HeaderParser parsed = HeaderParser.parse(json, source);
        long dataStart = (long) LENGTH_BYTES + json.length;
        List<TensorEntry> inOrder = Contiguity.verify(parsed.tensors(), fileBytes - dataStart, source);
        return new SafetensorsHeader(parsed.metadata(), inOrder, dataStart);
    }

    private static int headerBytes(byte[] length, long fileBytes, String source) {
        if (length.length < LENGTH_BYTES) {
            throw new MalformedSafetensorsException(source, "shorter than the 8 bytes of the header length");
        }
        long claimed = ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getLong();
        if (claimed < 2 || claimed > fileBytes - LENGTH_BYTES) {
            throw new MalformedSafetensorsException(
                    source,
                    "not a safetensors file: its first 8 bytes claim a header of " + Long.toUnsignedString(claimed)
                            + " bytes in a file of " + fileBytes);
        }
        if (claimed > MAX_BYTES) {
            throw new MalformedSafetensorsException(
                    source, "a header of " + claimed + " bytes; at most " + MAX_BYTES + " are read");
        }
        return (int) claimed;
    }

    /** Finds a tensor by its name. */
    public Optional<TensorEntry> find(String name) {
        return tensors.stream().filter(t -> t.name().equals(name)).findFirst();
    }

    /** Returns the tensors by name. */
    public Map<String, TensorEntry> byName() {
        return tensors.stream().collect(Collectors.toMap(TensorEntry::name, Function.identity()));
    }

    /** Returns where a tensor's first byte is in the file, as ONNX external data wants it. */
    public long fileOffset(TensorEntry tensor) {
        return dataStart + tensor.begin();
    }

    /** Returns the size of the whole file. */
    public long fileBytes() {
        return tensors.isEmpty()
                ? dataStart
                : dataStart + tensors.get(tensors.size() - 1).end();
    }
}
