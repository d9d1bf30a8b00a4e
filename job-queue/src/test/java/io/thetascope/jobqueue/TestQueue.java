package io.thetascope.jobqueue;

import io.thetascope.artifacts.store.ObjectStore;
import io.thetascope.messaging.UnreadableRecordException;
import io.thetascope.testkit.Infra;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * A queue of plain strings with a group of its own; {@code unreadable} is no job. One partition: Kafka divides the
 * partitions among the members, and those of a member that was killed are nobody's until its session ends (45 s).
 */
record TestQueue(String bootstrapServers, String topic, String group) {
    /** Kafka's shortest. */
    static final Duration LOCK = Duration.ofSeconds(15);

    static final JobKind<String> STRINGS = new JobKind<>() {
        @Override
        public String read(ConsumerRecord<String, byte[]> message) {
            String job = new String(message.value(), StandardCharsets.UTF_8);
            if (job.equals("unreadable")) {
                throw new UnreadableRecordException("not a job", null);
            }
            return job;
        }

        @Override
        public String folder(String job) {
            return "jobs/" + job;
        }
    };

    static TestQueue create() throws Exception {
        return create(Infra.get().bootstrapServers());
    }

    static TestQueue create(String bootstrapServers) throws Exception {
        String name = "queue-" + UUID.randomUUID();
        TestQueue queue = new TestQueue(bootstrapServers, name, name + "-workers");
        try (Admin admin = Admin.create(queue.client())) {
            admin.createTopics(List.of(new NewTopic(name, 1, (short) 1), new NewTopic(name + ".dlq", 1, (short) 1)))
                    .all()
                    .get();
            ConfigResource group = new ConfigResource(ConfigResource.Type.GROUP, queue.group);
            admin.incrementalAlterConfigs(Map.of(
                            group,
                            List.of(
                                    set("share.auto.offset.reset", "earliest"),
                                    set("share.record.lock.duration.ms", Long.toString(LOCK.toMillis())))))
                    .all()
                    .get();
        }
        return queue;
    }

    JobQueueSettings settings(String worker) {
        return new JobQueueSettings(
                bootstrapServers,
                topic,
                group,
                worker,
                new Limits(LOCK, 5, 5),
                new Waits(Duration.ofMillis(50), Duration.ofSeconds(1)),
                new Waits(Duration.ofMillis(10), Duration.ofMillis(50)));
    }

    JobQueue<String> worker(String worker, JobHandler<String> handler, ObjectStore store) {
        JobQueue<String> queue = unstarted(worker, handler, store, System::nanoTime);
        queue.start();
        return queue;
    }

    /** Returns a worker that was not started. */
    JobQueue<String> unstarted(String worker, JobHandler<String> handler, ObjectStore store, LongSupplier nanoTime) {
        return new JobQueue<>(settings(worker), STRINGS, handler, store, InstantSource.system(), nanoTime);
    }

    /** Sends jobs, one after the other. */
    void send(String... jobs) throws Exception {
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(client(), new StringSerializer(), new ByteArraySerializer())) {
            for (String job : jobs) {
                producer.send(new ProducerRecord<>(topic, "key", job.getBytes(StandardCharsets.UTF_8)))
                        .get();
            }
        }
    }

    /** Reads the whole dead-letter topic. */
    List<ConsumerRecord<String, byte[]>> deadLetters() {
        return readAll(topic + ".dlq");
    }

    /** Reads the whole queue, acknowledged or not. */
    List<ConsumerRecord<String, byte[]>> everSent() {
        return readAll(topic);
    }

    private List<ConsumerRecord<String, byte[]>> readAll(String name) {
        List<ConsumerRecord<String, byte[]>> all = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(client(), new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> assigned = List.of(new TopicPartition(name, 0));
            consumer.assign(assigned);
            consumer.seekToBeginning(assigned);
            Map<TopicPartition, Long> ends = consumer.endOffsets(assigned);
            while (assigned.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
                consumer.poll(Duration.ofMillis(200)).forEach(all::add);
            }
        }
        return all;
    }

    private Map<String, Object> client() {
        return Map.of("bootstrap.servers", bootstrapServers);
    }

    private static AlterConfigOp set(String name, String value) {
        return new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET);
    }
}
