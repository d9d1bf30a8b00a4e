package io.thetascope.artifacts.safetensors;

import static io.thetascope.artifacts.safetensors.MalformedSafetensorsException.quoted;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the JSON of a header, token by token: what is not expected is refused where it stands, so that memory grows
 * with the header's own bytes and with nothing that it claims.
 */
final class HeaderParser {
    private static final int MAX_TENSORS = 20_000;
    private static final int MAX_RANK = 16;
    private static final int MAX_NESTING = 4;

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MAX_NESTING).build())
            .build();

    private final String source;
    private final JsonParser json;
    private final Map<String, String> metadata = new LinkedHashMap<>();
    private final List<TensorEntry> tensors = new ArrayList<>();

    private HeaderParser(String source, JsonParser json) {
        this.source = source;
        this.json = json;
    }

    static HeaderParser parse(byte[] header, String source) {
        if (header.length == 0 || header[0] != '{') {
            throw new MalformedSafetensorsException(source, "the header does not begin with '{'");
        }
        try (JsonParser json = JSON.createParser(utf8(header, source))) {
            HeaderParser parser = new HeaderParser(source, json);
            parser.readHeader();
            return parser;
        } catch (JsonProcessingException e) {
            throw new MalformedSafetensorsException(source, "bad JSON in the header: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + source, e);
        }
    }

    Map<String, String> metadata() {
        return metadata;
    }

    List<TensorEntry> tensors() {
        return tensors;
    }

    // decoded here, since Jackson would also guess UTF-16 and UTF-32
    private static String utf8(byte[] header, String source) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(header))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new MalformedSafetensorsException(source, "the header is not UTF-8", e);
        }
    }

    private void readHeader() throws IOException {
        json.nextToken();
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            if (name.equals(SafetensorsHeader.METADATA)) {
                readMetadata();
            } else {
                tensors.add(readTensor(name));
            }
            if (tensors.size() > MAX_TENSORS) {
                throw broken("more than " + MAX_TENSORS + " tensors");
            }
        }
        if (json.currentToken() != JsonToken.END_OBJECT || json.nextToken() != null) {
            throw broken("the header goes on after its object");
        }
    }

    private void readMetadata() throws IOException {
        expect(JsonToken.START_OBJECT, SafetensorsHeader.METADATA);
        for (String key = json.nextFieldName(); key != null; key = json.nextFieldName()) {
            expect(JsonToken.VALUE_STRING, SafetensorsHeader.METADATA + "." + key);
            metadata.put(key, json.getText());
        }
    }

    private TensorEntry readTensor(String name) throws IOException {
        expect(JsonToken.START_OBJECT, name);
        DType dtype = null;
        List<Long> shape = null;
        List<Long> offsets = null;
        for (String key = json.nextFieldName(); key != null; key = json.nextFieldName()) {
            switch (key) {
                case "dtype" -> dtype = readDType(name);
                case "shape" -> shape = readNumbers(name, "shape", MAX_RANK);
                case "data_offsets" -> offsets = readNumbers(name, "data_offsets", 2);
                default -> throw broken("tensor " + quoted(name) + " has an unknown key " + quoted(key));
            }
        }
        return entry(name, dtype, shape, offsets);
    }

    private TensorEntry entry(
            String name, @Nullable DType dtype, @Nullable List<Long> shape, @Nullable List<Long> offsets) {
        if (dtype == null || shape == null || offsets == null || offsets.size() != 2) {
            throw broken("tensor " + quoted(name) + " lacks one of dtype, shape and two data_offsets");
        }
        try {
            return new TensorEntry(name, dtype, shape, offsets.get(0), offsets.get(1));
        } catch (ArithmeticException e) {
            throw broken("the size of tensor " + quoted(name) + " overflows: " + dtype + " of shape " + shape);
        } catch (IllegalArgumentException e) {
            throw broken("tensor " + quoted(name) + ": " + e.getMessage());
        }
    }

    private DType readDType(String name) throws IOException {
        expect(JsonToken.VALUE_STRING, name + ".dtype");
        String text = json.getText();
        return DType.named(text)
                .orElseThrow(() -> broken("tensor " + quoted(name) + " has an unknown dtype " + quoted(text)));
    }

    private List<Long> readNumbers(String name, String key, int limit) throws IOException {
        expect(JsonToken.START_ARRAY, name + "." + key);
        List<Long> numbers = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (numbers.size() == limit) {
                throw broken("tensor " + quoted(name) + " has more than " + limit + " numbers in " + key);
            }
            if (json.currentToken() != JsonToken.VALUE_NUMBER_INT
                    || json.getText().startsWith("-")) {
                throw broken("tensor " + quoted(name) + ": " + key + " must hold whole numbers >= 0");
            }
            numbers.add(json.getLongValue()); // beyond 63 bits: an exception of the parser
        }
        return numbers;
    }

    private void expect(JsonToken token, String place) throws IOException {
        if (json.nextToken() != token) {
            throw broken(quoted(place) + " must be " + token.name().toLowerCase(Locale.ROOT));
        }
    }

    private MalformedSafetensorsException broken(String problem) {
        return new MalformedSafetensorsException(source, problem);
    }
}
