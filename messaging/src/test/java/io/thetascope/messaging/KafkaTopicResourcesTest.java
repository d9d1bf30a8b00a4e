package io.thetascope.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.thetascope.contracts.event.Topic;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;

/** The topics that Kubernetes makes (deploy/k8s/components/strimzi/topics.yaml) are those that the services would. */
class KafkaTopicResourcesTest {
    private static final Path RESOURCES = Path.of("../deploy/k8s/components/strimzi/topics.yaml");

    private final YAMLMapper yaml = new YAMLMapper();

    private record Shape(int partitions, Map<String, String> configuration) {}

    @Test
    void areTheTopicsOfTheContractsAndNoOthers() throws IOException {
        Map<String, Shape> wanted = new TreeMap<>();
        Map<String, NewTopic> created = Topics.wanted(EnumSet.allOf(Topic.class));
        created.forEach((name, topic) -> wanted.put(name, new Shape(topic.numPartitions(), topic.configs())));
        assertThat(resources()).isEqualTo(wanted);
    }

    private Map<String, Shape> resources() throws IOException {
        Map<String, Shape> shapes = new TreeMap<>();
        for (JsonNode resource : documents()) {
            assertThat(resource.path("kind").asText()).isEqualTo("KafkaTopic");
            JsonNode spec = resource.path("spec");
            Map<String, String> configuration = new TreeMap<>();
            spec.path("config")
                    .properties()
                    .forEach(e -> configuration.put(e.getKey(), e.getValue().asText()));
            Shape former = shapes.put(
                    resource.path("metadata").path("name").asText(),
                    new Shape(spec.path("partitions").asInt(), configuration));
            assertThat(former).as("a second resource of one name").isNull();
        }
        return shapes;
    }

    private List<JsonNode> documents() throws IOException {
        try (MappingIterator<JsonNode> documents =
                yaml.readerFor(JsonNode.class).readValues(RESOURCES.toFile())) {
            return documents.readAll();
        }
    }
}
