package io.thetascope.contracts.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thetascope.contracts.analysis.AnalysisKind;
import io.thetascope.contracts.analysis.ComparisonResult;
import io.thetascope.contracts.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Holds {@code docs/asyncapi.yaml} to the topics, the events and every record that they reach. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AsyncApiTest {
    private static final Set<String> HEADERS = Set.of("CloudEventHeaders", "CopiedJobHeaders", "DeadLetterHeaders");
    private static final String RESULT = "/components/schemas/AnalysisCompleted/properties/result/x-result-of-kind";

    private final AsyncApi document = readOrFail();
    private final RecordShapes records = new RecordShapes();

    @BeforeAll
    void reachEveryRecord() throws ReflectiveOperationException {
        for (Event event : Examples.all().values()) {
            records.add(event.getClass());
        }
        for (String record : resultRecords()) {
            records.add(Class.forName(AnalysisKind.class.getPackageName() + "." + record));
        }
    }

    @Test
    void everyFieldOfEveryRecordIsDocumentedAsItIs() {
        records.shapes()
                .forEach((name, shape) -> assertThat(AsyncApi.shape(document.schema(name)))
                        .as("the schema %s of docs/asyncapi.yaml", name)
                        .isEqualTo(shape));
    }

    @Test
    void nothingElseIsDocumented() {
        Set<String> known = new TreeSet<>(HEADERS);
        known.addAll(records.shapes().keySet());
        known.addAll(records.values().keySet());
        assertThat(document.names("/components/schemas")).isEqualTo(known);
    }

    @Test
    void idsAndOtherValuesAreRefusedByTheirSchemaAsByTheirRecord() {
        for (Map.Entry<String, Class<?>> value : records.values().entrySet()) {
            JsonNode wrong = value.getKey().equals("Step")
                    ? JsonNodeFactory.instance.numberNode(-1)
                    : JsonNodeFactory.instance.textNode("x");
            assertThatThrownBy(() -> Json.read(wrong, value.getValue())).hasMessageContaining(wrong.asText());
            assertThat(document.wrongWith(wrong, reference(value.getKey())))
                    .as(value.getKey())
                    .isNotEmpty();
        }
    }

    @Test
    void everyKindOfMeasureNamesItsResult() {
        Set<String> kinds = Arrays.stream(AnalysisKind.values())
                .filter(kind -> kind != AnalysisKind.UNKNOWN)
                .map(AsyncApiTest::word)
                .collect(Collectors.toSet());
        assertThat(document.names(RESULT)).isEqualTo(kinds);
        for (AnalysisKind kind : AnalysisKind.values()) {
            boolean compares = document.at(RESULT).path(word(kind)).asText().endsWith("/ComparisonResult");
            assertThat(compares).as(word(kind)).isEqualTo(kind.comparesModels());
        }
        assertThat(resultRecords()).contains(ComparisonResult.class.getSimpleName());
    }

    @ParameterizedTest
    @EnumSource
    void theGoldenFileOfEveryEventIsValid(EventType type) throws IOException {
        assertThat(document.wrongWith(golden(type), reference(type.eventName())))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void anEventWithAFieldThatIsNotDocumentedOrWithoutOneIsNotValid(EventType type) throws IOException {
        ObjectNode grown = golden(type).deepCopy();
        grown.put("addedNextYear", 1);
        assertThat(document.wrongWith(grown, reference(type.eventName()))).hasSize(1);
        ObjectNode shrunk = golden(type).deepCopy();
        shrunk.remove(shrunk.fieldNames().next());
        assertThat(document.wrongWith(shrunk, reference(type.eventName()))).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void everyTopicIsDocumentedWithItsDeadLetters(Topic topic) {
        JsonNode channel = document.channel(topic.topicName());
        JsonNode kafka = channel.requiredAt("/bindings/kafka");
        assertThat(channel.path("x-kind").asText())
                .isEqualToIgnoringCase(topic.kind().name());
        assertThat(kafka.path("partitions").asInt()).isEqualTo(topic.partitions());
        assertThat(kafka.at("/topicConfiguration/cleanup.policy/0").asText())
                .isEqualTo(topic.kind() == Topic.Kind.COMPACTED ? "compact" : "delete");
        Set<String> events = Examples.all().values().stream()
                .filter(event -> event.topic() == topic)
                .map(event -> event.getClass().getSimpleName())
                .collect(Collectors.toSet());
        assertThat(namesIn(channel.path("messages"))).isEqualTo(events);

        JsonNode letters = document.channel(topic.deadLetterName());
        assertThat(letters.requiredAt("/bindings/kafka/partitions").asInt()).isEqualTo(Topic.DEAD_LETTER_PARTITIONS);
        assertThat(namesIn(letters.path("messages"))).containsExactly("DeadLetter");
    }

    @Test
    void noOtherTopicIsDocumented() {
        assertThat(document.at("/channels")).hasSize(2 * Topic.values().length);
    }

    @ParameterizedTest
    @EnumSource
    void everyMessageHasTheTypeThePayloadAndTheKeyOfItsEvent(EventType type) {
        JsonNode message = document.at("/components/messages/" + type.eventName());
        JsonNode own = message.requiredAt("/headers/allOf");
        JsonNode attributes = own.get(own.size() - 1).path("properties");
        Event event = Objects.requireNonNull(Examples.all().get(type));
        JsonNode key = JsonNodeFactory.instance.textNode(event.key());
        assertThat(message.path("name").asText()).isEqualTo(type.cloudEventType());
        assertThat(attributes.at("/ce_type/const").asText()).isEqualTo(type.cloudEventType());
        assertThat(message.path("payload")).isEqualTo(reference(type.eventName()));
        assertThat(document.wrongWith(key, message.requiredAt("/bindings/kafka/key")))
                .isEmpty();
        assertThat(document.wrongWith(key, attributes.path("ce_subject"))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void everyShareGroupReadsItsQueue(ShareGroup group) {
        Set<String> readers = new TreeSet<>();
        for (JsonNode operation : document.at("/operations")) {
            String channel = operation.at("/channel/$ref").asText().substring(1);
            if (operation.at("/bindings/kafka/groupId/enum/0").asText().equals(group.groupId())) {
                readers.add(document.at(channel).path("address").asText());
            }
        }
        assertThat(readers).containsExactly(group.topic().topicName());
    }

    private Set<String> resultRecords() {
        Set<String> names = new TreeSet<>();
        document.at(RESULT)
                .forEach(ref -> names.add(
                        ref.asText().substring(AsyncApi.schemaNamed("").length())));
        return names;
    }

    private static Set<String> namesIn(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static String word(AnalysisKind kind) {
        return Json.tree(kind).asText();
    }

    private static JsonNode reference(String schema) {
        return JsonNodeFactory.instance.objectNode().put("$ref", AsyncApi.schemaNamed(schema));
    }

    private static ObjectNode golden(EventType type) throws IOException {
        String name = "/golden/" + type.eventName() + ".v1.json";
        try (InputStream in = Objects.requireNonNull(AsyncApiTest.class.getResourceAsStream(name), name)) {
            return (ObjectNode) Json.newMapper().readTree(in);
        }
    }

    private static AsyncApi readOrFail() {
        try {
            return AsyncApi.read();
        } catch (IOException e) {
            throw new AssertionError("docs/asyncapi.yaml cannot be read", e);
        }
    }
}
