package io.thetascope.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds the operations of {@code docs/asyncapi.yaml} to what the services make and what they listen to. */
class AsyncApiOperationsTest {
    private static final Path ROOT = Path.of(System.getProperty("thetascope.root"));
    private static final String EVENTS = "io.thetascope.contracts.event";
    private static final String TOPICS = "mp.messaging.incoming.facts.topics";

    private static final Map<String, String> MODULES = Map.of(
            "gateway", "gateway",
            "trainer", "trainer-service",
            "analyzer", "analyzer-service",
            "perturbation", "perturbation-service");

    @ParameterizedTest
    @ValueSource(strings = {"gateway", "trainer", "analyzer", "perturbation"})
    void aServiceSendsTheEventsThatItMakes(String service) throws Exception {
        JavaClasses classes = new ClassFileImporter().importPath(module(service).resolve("target/classes"));
        Set<String> made = classes.stream()
                .flatMap(type -> type.getConstructorCallsFromSelf().stream())
                .map(call -> call.getTargetOwner())
                .filter(owner -> owner.getPackageName().equals(EVENTS))
                .map(owner -> owner.getSimpleName())
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> documented = messages(service, "send");
        documented.remove("DeadLetter");
        documented.removeAll(copied(service));
        assertThat(documented).isEqualTo(made);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gateway", "analyzer", "perturbation"})
    void aServiceReceivesTheFactsOfTheTopicsThatItListensTo(String service) throws Exception {
        Properties settings = new Properties();
        try (InputStream in =
                Files.newInputStream(module(service).resolve("src/main/resources/application.properties"))) {
            settings.load(in);
        }
        Set<String> topics = Stream.of(settings.getProperty(TOPICS).split(",")).collect(Collectors.toSet());
        JsonNode document = document();
        Set<String> documented = new TreeSet<>();
        for (JsonNode operation : document.path("operations")) {
            JsonNode channel = document.at(pointer(operation.path("channel")));
            if (is(operation, service, "receive")
                    && !channel.path("x-kind").asText().equals("queue")) {
                documented.add(channel.path("address").asText());
            }
        }
        assertThat(documented).isEqualTo(topics);
    }

    /** Copies of a job are made of its record, not of the event. */
    private static Set<String> copied(String service) {
        return switch (service) {
            case "trainer" -> Set.of("TrainJob");
            default -> Set.of();
        };
    }

    private static Set<String> messages(String service, String action) throws Exception {
        Set<String> names = new TreeSet<>();
        for (JsonNode operation : document().path("operations")) {
            if (is(operation, service, action)) {
                operation.path("messages").forEach(message -> {
                    String pointer = pointer(message);
                    names.add(pointer.substring(pointer.lastIndexOf('/') + 1));
                });
            }
        }
        return names;
    }

    private static boolean is(JsonNode operation, String service, String action) {
        return operation.at("/tags/0/name").asText().equals(service)
                && operation.path("action").asText().equals(action);
    }

    private static String pointer(JsonNode reference) {
        return reference.path("$ref").asText().substring(1);
    }

    private static JsonNode document() throws Exception {
        return new YAMLMapper().readTree(Files.readAllBytes(ROOT.resolve("docs/asyncapi.yaml")));
    }

    private static Path module(String service) {
        return ROOT.resolve(MODULES.getOrDefault(service, service));
    }
}
