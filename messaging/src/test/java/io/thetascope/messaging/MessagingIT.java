package io.thetascope.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.thetascope.contracts.event.Event;
import io.thetascope.contracts.event.EventType;
import io.thetascope.contracts.event.ShareGroup;
import io.thetascope.contracts.event.StudyAccepted;
import io.thetascope.contracts.event.Topic;
import io.thetascope.testkit.Infra;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class MessagingIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Map<String, Object> KAFKA =
            Map.of("bootstrap.servers", Infra.get().bootstrapServers());

    @BeforeAll
    static void severalServicesEnsureTheTopicsAtOnce() {
        Stream.generate(() -> CompletableFuture.runAsync(MessagingIT::ensure))
                .limit(4)
                .toList()
                .forEach(CompletableFuture::join);
    }

    private static void ensure() {
        try (Admin admin = Admin.create(KAFKA)) {
            Topics.ensure(admin, EnumSet.allOf(Topic.class));
        }
    }

    @Test
    void topicsAreAsTheDesignSays() throws Exception {
        try (Admin admin = Admin.create(KAFKA)) {
            Topics.ensure(admin, EnumSet.allOf(Topic.class));
            List<String> names = Stream.of(Topic.values())
                    .flatMap(topic -> Stream.of(topic.topicName(), topic.deadLetterName()))
                    .toList();
            Map<String, TopicDescription> topics =
                    admin.describeTopics(names).allTopicNames().get();
            for (Topic topic : Topic.values()) {
                assertThat(partitions(topics, topic.topicName())).isEqualTo(topic.partitions());
                assertThat(partitions(topics, topic.deadLetterName())).isEqualTo(1);
            }
            assertThat(Topic.RUNS.partitions()).isEqualTo(12);
            assertThat(Topic.TRAIN_JOBS.partitions()).isEqualTo(1);
            assertThat(setting(admin, Topic.RUNS, "retention.ms")).isEqualTo("-1");
            assertThat(setting(admin, Topic.RUNS, "cleanup.policy")).isEqualTo("delete");
            assertThat(setting(admin, Topic.RUN_CONTROL, "cleanup.policy")).isEqualTo("compact");
        }
    }

    private static int partitions(Map<String, TopicDescription> topics, String name) {
        return Objects.requireNonNull(topics.get(name), name).partitions().size();
    }

    @Test
    void shareGroupReadsFromTheBeginning() throws Exception {
        try (Admin admin = Admin.create(KAFKA)) {
            // When
            ShareGroups.configure(admin, ShareGroup.TRAINERS, Duration.ofSeconds(20));
            // Then
            ConfigResource group = new ConfigResource(ConfigResource.Type.GROUP, ShareGroup.TRAINERS.groupId());
            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(setting(admin, group, "share.auto.offset.reset")).isEqualTo("earliest");
                assertThat(setting(admin, group, "share.record.lock.duration.ms"))
                        .isEqualTo("20000");
            });
        }
    }

    @Test
    void plainConsumerFindsHeadersKeyAndJson() {
        StudyAccepted event = Messages.accepted("plain");
        try (EventPublisher publisher = EventPublisher.connect(KAFKA, "gateway", Messages.NOON);
                KafkaConsumer<String, byte[]> consumer = consumer("plain", Topic.STUDIES.topicName())) {
            // When
            publisher.publish(event).join();
            // Then
            ConsumerRecord<String, byte[]> read = next(consumer, event.key());
            assertThat(CloudEvents.header(read.headers(), "ce_id")).contains(EventType.idOf(event));
            assertThat(CloudEvents.header(read.headers(), "ce_type")).contains("io.thetascope.StudyAccepted.v1");
            assertThat(CloudEvents.header(read.headers(), "content-type")).contains("application/json");
            assertThat(new String(read.value(), UTF_8)).contains("\"studyId\":\"" + event.key() + "\"");
        }
    }

    @Test
    void nothingIsSkippedWhileSomethingIsAwayAndGarbageLiesAsideOnce() {
        List<String> seen = new ArrayList<>();
        AtomicInteger away = new AtomicInteger(3);
        List<String> names = List.of("f1", "f2", "f3");
        try (Producer<String, byte[]> producer = EventPublisher.producer(KAFKA, "test");
                EventPublisher publisher = new EventPublisher(producer, Messages.RECORDS);
                KafkaConsumer<String, byte[]> facts = consumer("facts", Topic.STUDIES.topicName());
                KafkaConsumer<String, byte[]> letters = consumer("letters", Topic.STUDIES.deadLetterName())) {
            // Given
            publisher.publish(Messages.accepted("f1")).join();
            publisher.send(Messages.garbage(Topic.STUDIES)).join();
            publisher.publish(Messages.accepted("f2")).join();
            publisher.publish(Messages.accepted("f3")).join();
            FactInbox inbox = new FactInbox(
                    event -> handle(event, away, seen), new DeadLetters(producer), TransientFailures.and());
            // When
            await().atMost(PATIENCE).until(() -> {
                facts.poll(Duration.ofMillis(200)).forEach(inbox::accept);
                return seen.containsAll(names);
            });
            // Then
            assertThat(seen.stream().filter(names::contains)).containsExactlyInAnyOrderElementsOf(names);
            ConsumerRecord<String, byte[]> letter = next(letters, "who");
            assertThat(CloudEvents.header(letter.headers(), DeadLetters.REASON))
                    .contains("unreadable: no header ce_type");
            assertThat(letters.poll(Duration.ofMillis(500))).isEmpty();
        }
    }

    private static void handle(Event event, AtomicInteger away, List<String> seen) {
        if (away.getAndDecrement() > 0) {
            throw new TransientException("store away", new IllegalStateException());
        }
        seen.add(((StudyAccepted) event).name());
    }

    private static String setting(Admin admin, Topic topic, String name) throws Exception {
        return setting(admin, new ConfigResource(ConfigResource.Type.TOPIC, topic.topicName()), name);
    }

    private static String setting(Admin admin, ConfigResource resource, String name) throws Exception {
        Map<ConfigResource, Config> configs =
                admin.describeConfigs(Set.of(resource)).all().get();
        return Objects.requireNonNull(configs.get(resource)).get(name).value();
    }

    private static ConsumerRecord<String, byte[]> next(KafkaConsumer<String, byte[]> consumer, String key) {
        List<ConsumerRecord<String, byte[]>> found = new ArrayList<>();
        await().atMost(PATIENCE).until(() -> {
            consumer.poll(Duration.ofMillis(200)).forEach(found::add);
            return found.stream().anyMatch(r -> key.equals(r.key()));
        });
        return found.stream().filter(r -> key.equals(r.key())).findFirst().orElseThrow();
    }

    private static KafkaConsumer<String, byte[]> consumer(String group, String topic) {
        KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        Infra.get().bootstrapServers(),
                        ConsumerConfig.GROUP_ID_CONFIG,
                        "messaging-" + group,
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest"),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        consumer.subscribe(Set.of(topic));
        return consumer;
    }
}
