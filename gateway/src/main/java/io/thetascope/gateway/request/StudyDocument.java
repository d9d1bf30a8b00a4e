package io.thetascope.gateway.request;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;

/** The text of a study, JSON or YAML, as a tree. */
public final class StudyDocument {
    private static final String EXAMPLE = "{\"preset\":\"quick\"}";
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final ObjectMapper YAML = YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private StudyDocument() {}

    /**
     * Reads JSON.
     *
     * @throws RefusedRequestException when it is not a JSON object
     */
    public static ObjectNode json(byte[] text) {
        return json(text, EXAMPLE);
    }

    /** Reads JSON that is no study; the example is for whoever sent something else. */
    static ObjectNode json(byte[] text, String example) {
        return read(JSON, "JSON", text, example);
    }

    /**
     * Reads YAML, of which JSON is a part.
     *
     * @throws RefusedRequestException when it is not a YAML mapping
     */
    public static ObjectNode yaml(byte[] text) {
        return read(YAML, "YAML", text, EXAMPLE);
    }

    private static ObjectNode read(ObjectMapper mapper, String language, byte[] text, String example) {
        JsonNode tree;
        try {
            tree = mapper.readTree(text);
        } catch (JsonProcessingException e) {
            throw refused(language, example, e.getOriginalMessage() + where(e));
        } catch (IOException | RuntimeException e) { // the YAML parser has exceptions of its own
            throw refused(language, example, String.valueOf(e.getMessage()));
        }
        if (tree instanceof ObjectNode object) {
            return object;
        }
        throw refused(language, example, "it is not an object");
    }

    private static String where(JsonProcessingException e) {
        return e.getLocation() == null
                ? ""
                : " (line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr() + ")";
    }

    private static RefusedRequestException refused(String language, String example, String reason) {
        return RefusedRequestException.of(new Problem(
                "",
                null,
                "send one " + language + " object, such as " + example + ": " + reason.replaceAll("\\s+", " ")));
    }
}
