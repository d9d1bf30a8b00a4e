package io.thetascope.launcher.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.FinalizedVersionRange;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaIT {
    private static final TopicPartition FACTS = new TopicPartition("facts", 0);

    @TempDir
    Path folder;

    @Test
    void keepsTopicsAndRecordsAcrossARestartOnAnotherPort() throws Exception {
        // Given
        int firstPort;
        try (EmbeddedKafka first = EmbeddedKafka.start(folder, 0)) {
            firstPort = first.port();
            send(first.bootstrapServers());
        }
        // When
        try (EmbeddedKafka second = EmbeddedKafka.start(folder, 0)) {
            // Then
            assertThat(second.port()).isNotEqualTo(firstPort);
            assertThat(valueAtTheStart(second.bootstrapServers())).isEqualTo("run finished");
            assertThat(shareVersion(second.bootstrapServers())).isEqualTo(1);
        }
    }

    private static void send(String servers) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            admin.createTopics(Set.of(new NewTopic(FACTS.topic(), 1, (short) 1)))
                    .all()
                    .get();
        }
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", servers), new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(FACTS.topic(), "r1", "run finished"))
                    .get();
        }
    }

    private static String valueAtTheStart(String servers) {
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", servers), new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(FACTS));
            consumer.seekToBeginning(List.of(FACTS));
            for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofSeconds(30))) {
                return record.value();
            }
            throw new AssertionError("the record is gone");
        }
    }

    private static int shareVersion(String servers) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            FinalizedVersionRange range = admin.describeFeatures()
                    .featureMetadata()
                    .get()
                    .finalizedFeatures()
                    .get("share.version");
            return range == null ? 0 : range.maxVersionLevel();
        }
    }
}
