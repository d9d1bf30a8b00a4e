package io.thetascope.gateway.metrics;

import io.thetascope.contracts.event.ShareGroup;
import io.thetascope.contracts.event.Topic;
import io.thetascope.gateway.database.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Asks Kafka, and the read model for its own offsets, how far everybody is behind. One thread. */
final class BehindReading implements AutoCloseable {
    private static final Duration READING = Duration.ofSeconds(5);

    private final GroupOffsets groups;
    private final Consumer<String, byte[]> reader;
    private final Database database;
    private final InstantSource clock;

    /** Reads with this consumer, which belongs to no group, and closes both with itself. */
    BehindReading(GroupOffsets groups, Consumer<String, byte[]> reader, Database database, InstantSource clock) {
        this.groups = groups;
        this.reader = reader;
        this.database = database;
        this.clock = clock;
    }

    Behind now() {
        List<String> names = Arrays.stream(Topic.values())
                .flatMap(topic -> Stream.of(topic.topicName(), topic.deadLetterName()))
                .toList();
        List<TopicPartition> partitions = names.stream()
                .flatMap(name -> reader.partitionsFor(name).stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        Map<TopicPartition, Long> begins = groups.of(partitions, OffsetSpec.earliest());
        Map<TopicPartition, Long> ends = groups.of(partitions, OffsetSpec.latest());
        Map<String, Long> deadLetters = Arrays.stream(Topic.values())
                .collect(Collectors.toMap(
                        Topic::topicName,
                        topic -> records(topic.deadLetterName(), ends) - records(topic.deadLetterName(), begins)));
        Map<String, Map<String, Long>> consumers = Arrays.stream(ConsumerGroup.values())
                .collect(Collectors.toMap(ConsumerGroup::groupId, group -> lag(group, begins, ends)));
        Map<String, Long> queues = new HashMap<>();
        Map<String, Double> oldest = new HashMap<>();
        for (ShareGroup group : ShareGroup.values()) {
            queue(group, ends, queues, oldest);
        }
        return new Behind(deadLetters, consumers, queues, oldest);
    }

    private static long records(String topic, Map<TopicPartition, Long> offsets) {
        return offsets.entrySet().stream()
                .filter(e -> e.getKey().topic().equals(topic))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private Map<String, Long> lag(
            ConsumerGroup group, Map<TopicPartition, Long> begins, Map<TopicPartition, Long> ends) {
        Map<TopicPartition, Long> next = group == ConsumerGroup.GATEWAY ? applied() : groups.committed(group.groupId());
        return group.topics().stream()
                .collect(Collectors.toMap(
                        Topic::topicName,
                        topic -> ends.entrySet().stream()
                                .filter(e -> e.getKey().topic().equals(topic.topicName()))
                                .mapToLong(e -> Math.max(
                                        0,
                                        e.getValue()
                                                - next.getOrDefault(e.getKey(), begins.getOrDefault(e.getKey(), 0L))))
                                .sum()));
    }

    private Map<TopicPartition, Long> applied() {
        Map<TopicPartition, Long> next = new HashMap<>();
        database.run(session -> session.list(
                "SELECT topic, partition_no, next_offset FROM fact_offset",
                row -> next.put(
                        new TopicPartition(row.text("topic"), row.integer("partition_no")),
                        row.number("next_offset"))));
        return next;
    }

    private void queue(
            ShareGroup group, Map<TopicPartition, Long> ends, Map<String, Long> lags, Map<String, Double> oldest) {
        Map<TopicPartition, GroupOffsets.Place> places = groups.places(group.groupId());
        String topic = group.topic().topicName();
        if (!places.isEmpty()
                && places.values().stream().allMatch(place -> place.lag().isPresent())) {
            lags.put(
                    topic,
                    places.values().stream().mapToLong(p -> p.lag().orElse(0L)).sum());
        }
        Optional<Instant> sent = Optional.empty();
        for (Map.Entry<TopicPartition, GroupOffsets.Place> place : places.entrySet()) {
            long start = place.getValue().start();
            // the start that Kafka stores may be behind what is done; its lag was seen not to be
            boolean allDone = place.getValue().lag().equals(Optional.of(0L));
            if (!allDone && start < ends.getOrDefault(place.getKey(), 0L)) {
                Optional<Instant> here = sentAt(place.getKey(), start);
                sent = sent.filter(earlier -> here.isEmpty() || earlier.isBefore(here.get()))
                        .or(() -> here);
            }
        }
        double seconds = sent.map(
                        time -> Duration.between(time, clock.instant()).toMillis() / 1e3)
                .orElse(0.0);
        oldest.put(topic, Math.max(0, seconds));
    }

    private Optional<Instant> sentAt(TopicPartition partition, long offset) {
        reader.assign(List.of(partition));
        reader.seek(partition, offset);
        for (ConsumerRecord<String, byte[]> message : reader.poll(READING)) {
            return Optional.of(Instant.ofEpochMilli(message.timestamp()));
        }
        throw new IllegalStateException("no record of " + partition + " within " + READING);
    }

    @Override
    public void close() {
        reader.close();
        groups.close();
    }
}
