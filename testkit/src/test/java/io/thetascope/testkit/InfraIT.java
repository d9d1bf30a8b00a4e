package io.thetascope.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.minio.GetObjectArgs;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class InfraIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Infra infra = Infra.get();

    @Test
    void shareGroupGetsWhatWasSentBeforeItExisted() throws Exception {
        // Given
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", infra.bootstrapServers()))) {
            admin.createTopics(Set.of(new NewTopic("infra-jobs", 3, (short) 1)))
                    .all()
                    .get();
            ConfigResource group = new ConfigResource(ConfigResource.Type.GROUP, "infra-workers");
            admin.incrementalAlterConfigs(Map.of(
                            group,
                            List.of(
                                    set("share.auto.offset.reset", "earliest"),
                                    set("share.record.lock.duration.ms", "15000"))))
                    .all()
                    .get();
        }
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", infra.bootstrapServers()),
                new StringSerializer(),
                new StringSerializer())) {
            producer.send(new ProducerRecord<>("infra-jobs", "r1", "job")).get();
        }
        // When
        try (KafkaShareConsumer<String, String> consumer = worker()) {
            ConsumerRecord<String, String> job = next(consumer);
            consumer.acknowledge(job, AcknowledgeType.ACCEPT);
            Map<?, ?> failures = consumer.commitSync();
            // Then
            assertThat(job.value()).isEqualTo("job");
            assertThat(job.deliveryCount()).contains((short) 1);
            assertThat(failures.values())
                    .allSatisfy(failure -> assertThat(failure).hasToString("Optional.empty"));
        }
    }

    @Test
    void objectPutThroughTheMinioClientComesBack() throws Exception {
        // Given
        MinioClient client = MinioClient.builder()
                .endpoint(infra.s3Endpoint())
                .credentials(infra.accessKey(), infra.secretKey())
                .build();
        byte[] content = "weights".getBytes(UTF_8);
        // When
        client.putObject(PutObjectArgs.builder().bucket(infra.bucket()).object("runs/r1/infra.bin").stream(
                        new ByteArrayInputStream(content), (long) content.length, -1L)
                .build());
        // Then
        try (var stored = client.getObject(GetObjectArgs.builder()
                .bucket(infra.bucket())
                .object("runs/r1/infra.bin")
                .build())) {
            assertThat(stored.readAllBytes()).isEqualTo(content);
        }
    }

    private KafkaShareConsumer<String, String> worker() {
        KafkaShareConsumer<String, String> consumer = new KafkaShareConsumer<>(
                Map.of(
                        "bootstrap.servers", infra.bootstrapServers(),
                        "group.id", "infra-workers",
                        "share.acknowledgement.mode", "explicit"),
                new StringDeserializer(),
                new StringDeserializer());
        consumer.subscribe(Set.of("infra-jobs"));
        return consumer;
    }

    private static ConsumerRecord<String, String> next(KafkaShareConsumer<String, String> consumer) {
        for (int i = 0; i < PATIENCE.toSeconds(); i++) {
            for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofSeconds(1))) {
                return record;
            }
        }
        throw new AssertionError("no job within " + PATIENCE);
    }

    private static AlterConfigOp set(String key, String value) {
        return new AlterConfigOp(new ConfigEntry(key, value), AlterConfigOp.OpType.SET);
    }
}
