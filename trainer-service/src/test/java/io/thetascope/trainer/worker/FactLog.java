package io.thetascope.trainer.worker;

import io.thetascope.contracts.event.Event;
import io.thetascope.contracts.event.RunStarted;
import io.thetascope.contracts.event.Topic;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.messaging.EventReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;

/** Everything that trainers announced so far, read as anyone could. One thread. */
final class FactLog implements AutoCloseable {
    private static final Set<String> TOPICS =
            Set.of(Topic.EPOCHS.topicName(), Topic.CHECKPOINTS.topicName(), Topic.RUNS.topicName());

    private final KafkaConsumer<String, byte[]> consumer;
    private final List<Event> events = new ArrayList<>();
    private Set<TopicPartition> assigned = Set.of();

    FactLog(String bootstrapServers) {
        consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest"),
                new StringDeserializer(),
                new ByteArrayDeserializer());
    }

    <E extends Event> List<E> of(Class<E> type, RunId run) {
        read();
        return events.stream()
                .filter(event -> type.isInstance(event) && event.key().equals(run.value()))
                .map(type::cast)
                .toList();
    }

    <E extends Event> E await(Class<E> type, RunId run, Duration longest) {
        Awaitility.await()
                .pollInSameThread()
                .atMost(longest)
                .until(() -> !of(type, run).isEmpty());
        return of(type, run).get(0);
    }

    void awaitStartedBy(String worker, RunId run, Duration longest) {
        Awaitility.await()
                .pollInSameThread()
                .atMost(longest)
                .until(() -> of(RunStarted.class, run).stream()
                        .anyMatch(started -> started.worker().equals(worker)));
    }

    private void read() {
        if (assigned.isEmpty()) {
            assigned = consumer.listTopics().entrySet().stream()
                    .filter(topic -> TOPICS.contains(topic.getKey()))
                    .flatMap(topic -> topic.getValue().stream())
                    .sorted(Comparator.comparing(PartitionInfo::topic).thenComparing(PartitionInfo::partition))
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .collect(Collectors.toSet());
            consumer.assign(assigned);
        }
        if (!assigned.isEmpty()) {
            consumer.poll(Duration.ofMillis(200)).forEach(message -> events.add(EventReader.read(message)));
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
