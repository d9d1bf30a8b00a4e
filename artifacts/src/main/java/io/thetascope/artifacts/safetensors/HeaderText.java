package io.thetascope.artifacts.safetensors;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Writes the JSON of a header as the reference library does: compact, metadata first, padded with spaces. */
final class HeaderText {
    private static final JsonFactory JSON = new JsonFactory();

    private HeaderText() {}

    static byte[] of(Map<String, String> metadata, List<TensorSpec> tensors) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            if (!metadata.isEmpty()) {
                writeMetadata(json, metadata);
            }
            writeTensors(json, tensors);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write a header", e);
        }
        return padded(text.toByteArray());
    }

    private static void writeMetadata(JsonGenerator json, Map<String, String> metadata) throws IOException {
        json.writeObjectFieldStart(SafetensorsHeader.METADATA);
        for (Map.Entry<String, String> entry : new TreeMap<>(metadata).entrySet()) {
            json.writeStringField(entry.getKey(), entry.getValue());
        }
        json.writeEndObject();
    }

    private static void writeTensors(JsonGenerator json, List<TensorSpec> tensors) throws IOException {
        Set<String> names = new HashSet<>();
        long begin = 0;
        for (TensorSpec tensor : tensors) {
            if (!names.add(tensor.name())) {
                throw new IllegalArgumentException("tensor " + tensor.name() + " is declared twice");
            }
            if (begin % tensor.dtype().bytes() != 0) {
                throw new IllegalArgumentException("tensor " + tensor.name() + " would begin at byte " + begin
                        + ", which its type " + tensor.dtype() + " cannot; order the tensors widest first");
            }
            long end = Math.addExact(begin, tensor.byteCount());
            writeTensor(json, tensor, begin, end);
            begin = end;
        }
    }

    private static void writeTensor(JsonGenerator json, TensorSpec tensor, long begin, long end) throws IOException {
        json.writeObjectFieldStart(tensor.name());
        json.writeStringField("dtype", tensor.dtype().name());
        json.writeArrayFieldStart("shape");
        for (long extent : tensor.shape()) {
            json.writeNumber(extent);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("data_offsets");
        json.writeNumber(begin);
        json.writeNumber(end);
        json.writeEndArray();
        json.writeEndObject();
    }

    private static byte[] padded(byte[] text) {
        int unit = SafetensorsHeader.LENGTH_BYTES;
        int length = (text.length + unit - 1) / unit * unit;
        byte[] padded = Arrays.copyOf(text, length);
        Arrays.fill(padded, text.length, length, (byte) ' ');
        return padded;
    }
}
