package io.thetascope.contracts.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.erdtman.jcs.JsonCanonicalizer;

/**
 * The one way in which contracts are written and read.
 *
 * <p>Unknown fields are ignored, unknown enum values become {@code UNKNOWN}, absent values are left out, numbers that
 * are not finite are {@code null}, and a {@code null} is never read as the number 0.
 */
public final class Json {
    private static final ObjectMapper MAPPER = newMapper();

    private Json() {}

    /** Returns a mapper set up as contracts need it; a fresh copy, so a caller may add to it. */
    public static ObjectMapper newMapper() {
        return JsonMapper.builder()
                .addModule(new Jdk8Module())
                .addModule(new JavaTimeModule())
                .addModule(new FiniteNumbers())
                .defaultPropertyInclusion(
                        JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.READ_UNKNOWN_ENUM_VALUES_USING_DEFAULT_VALUE)
                .build();
    }

    /** Writes a contract as UTF-8 JSON. */
    public static byte[] bytes(Object contract) {
        try {
            return MAPPER.writeValueAsBytes(contract);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("cannot write " + contract.getClass().getSimpleName() + " as JSON", e);
        }
    }

    /**
     * Reads a contract from UTF-8 JSON.
     *
     * @throws UncheckedIOException when the bytes are not JSON or not this contract
     */
    public static <T> T read(byte[] json, Class<T> type) {
        try {
            return MAPPER.readValue(json, type);
        } catch (IOException e) {
            throw new UncheckedIOException("not a " + type.getSimpleName() + ": " + e.getMessage(), e);
        }
    }

    /** Turns a contract into a tree. */
    public static JsonNode tree(Object contract) {
        return MAPPER.valueToTree(contract);
    }

    /**
     * Reads a contract from a tree.
     *
     * @throws UncheckedIOException when the tree is not this contract
     */
    public static <T> T read(JsonNode tree, Class<T> type) {
        try {
            return MAPPER.treeToValue(tree, type);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("not a " + type.getSimpleName() + ": " + e.getMessage(), e);
        }
    }

    /** Writes a contract as RFC 8785 canonical JSON: the text from which ids are made. */
    public static String canonical(Object contract) {
        try {
            return new JsonCanonicalizer(bytes(contract)).getEncodedString();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot canonicalise " + contract.getClass().getSimpleName(), e);
        }
    }
}
