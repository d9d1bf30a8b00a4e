package io.thetascope.contracts.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** {@code docs/asyncapi.yaml}. */
final class AsyncApi {
    private static final String SCHEMAS = "#/components/schemas/";

    private final JsonNode document;

    private AsyncApi(JsonNode document) {
        this.document = document;
    }

    static AsyncApi read() throws IOException {
        Path path = Path.of(System.getProperty("thetascope.root"), "docs", "asyncapi.yaml");
        return new AsyncApi(new YAMLMapper().readTree(Files.readAllBytes(path)));
    }

    /** Returns how a schema is referred to. */
    static String schemaNamed(String name) {
        return SCHEMAS + name;
    }

    /** Returns what lies at a JSON pointer, which must be there. */
    JsonNode at(String pointer) {
        return document.requiredAt(pointer);
    }

    JsonNode schema(String name) {
        return at("/components/schemas/" + name);
    }

    /** Returns what names of channels, messages, schemas or operations there are. */
    Set<String> names(String pointer) {
        Set<String> names = new TreeSet<>();
        at(pointer).fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** Returns the channel of a topic's name in Kafka. */
    JsonNode channel(String address) {
        for (JsonNode channel : at("/channels")) {
            if (channel.path("address").asText().equals(address)) {
                return channel;
            }
        }
        throw new AssertionError("docs/asyncapi.yaml has no channel with the address " + address);
    }

    /** Returns what is wrong with a value by a schema of this document, where fields that it does not name are wrong too. */
    Set<String> wrongWith(JsonNode value, JsonNode schema) {
        ObjectNode root = document.deepCopy();
        closeObjects(root);
        root.putArray("allOf").add(schema);
        JsonSchema validator =
                JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7).getSchema(root.retain("allOf", "components"));
        return validator.validate(value).stream()
                .map(ValidationMessage::getMessage)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static void closeObjects(JsonNode node) {
        if (node instanceof ObjectNode object && object.has("properties") && object.has("required")) {
            object.put("additionalProperties", false);
        }
        node.forEach(AsyncApi::closeObjects);
    }

    /**
     * Returns a schema without the words that are for people: a described reference is the reference, and the order of
     * required fields and of enum values says nothing.
     */
    static JsonNode shape(JsonNode schema) {
        if (schema instanceof ArrayNode array) {
            ArrayNode shapes = array.arrayNode();
            array.forEach(item -> shapes.add(shape(item)));
            return shapes;
        }
        if (!(schema instanceof ObjectNode object)) {
            return schema;
        }
        JsonNode described = object.path("allOf");
        if (described.size() == 1) {
            return described.get(0);
        }
        ObjectNode shape = object.objectNode();
        object.properties().forEach(field -> {
            switch (field.getKey()) {
                case "description", "x-result-of-kind" -> {}
                case "required", "enum" -> shape.set(field.getKey(), sorted(field.getValue()));
                case "properties" -> shape.set("properties", shapes(field.getValue()));
                default -> shape.set(field.getKey(), shape(field.getValue()));
            }
        });
        return shape;
    }

    private static JsonNode shapes(JsonNode properties) {
        ObjectNode shapes = ((ObjectNode) properties).objectNode();
        properties.properties().forEach(field -> shapes.set(field.getKey(), shape(field.getValue())));
        return shapes;
    }

    static JsonNode sorted(JsonNode texts) {
        ArrayNode sorted = ((ArrayNode) texts).arrayNode();
        Set<String> values = new TreeSet<>();
        texts.forEach(text -> values.add(text.asText()));
        values.forEach(sorted::add);
        return sorted;
    }
}
