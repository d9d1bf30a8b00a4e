package io.thetascope.gateway.deadletter;

import io.thetascope.contracts.event.Topic;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

/** Reads the dead-letter topics, with a consumer of its own for every question: they are asked by people, and seldom. */
public final class LetterTopics {
    /** Values beyond which a page ends: a letter may be as large as the broker takes. */
    private static final long PAGE_BYTES = 4L << 20;

    private static final Duration POLL = Duration.ofMillis(200);
    private static final int PATIENCE_MILLIS = 10_000;

    /** Nobody waits for letters to come: a read ahead that waited would hold up the next partition. */
    private static final int FETCH_WAIT_MILLIS = 10;

    private final Map<String, Object> settings;

    /**
     * Reads from this cluster.
     *
     * @param connection {@code bootstrap.servers} and whatever else reaching it takes
     */
    public LetterTopics(Map<String, ?> connection) {
        this.settings = new HashMap<>(connection);
        settings.keySet().retainAll(ConsumerConfig.configNames());
        settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "gateway-dead-letters");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_WAIT_MILLIS);
    }

    /** A record of a dead-letter topic, and where it lies. */
    record Found(LetterId id, ConsumerRecord<String, byte[]> letter) {}

    /**
     * Part of all letters, in the order of topic, partition, offset.
     *
     * @param letters of the page
     * @param more whether others follow
     */
    record Page(List<Found> letters, boolean more) {
        Page {
            letters = List.copyOf(letters);
        }
    }

    /**
     * Reads a page.
     *
     * @param after the last letter of the page before; null for the first page
     * @param size at most so many letters; fewer, but at least one, when they are large
     * @throws org.apache.kafka.common.KafkaException when the broker is away
     */
    Page page(@Nullable LetterId after, int size) {
        List<Found> page = new ArrayList<>();
        long bytes = 0;
        try (Consumer<String, byte[]> consumer = consumer()) {
            for (LetterId from : starts(consumer, after)) {
                Reading reading = new Reading(consumer, from);
                for (Optional<Found> next = reading.next(); next.isPresent(); next = reading.next()) {
                    if (page.size() == size || bytes > PAGE_BYTES) {
                        return new Page(page, true);
                    }
                    page.add(next.get());
                    bytes += Math.max(next.get().letter().serializedValueSize(), 0);
                }
            }
        }
        return new Page(page, false);
    }

    /** Finds one letter. */
    Optional<Found> find(LetterId id) {
        try (Consumer<String, byte[]> consumer = consumer()) {
            if (partitions(consumer, id.topic()).contains(id.partition())) {
                return new Reading(consumer, id)
                        .next()
                        .filter(found -> found.id().equals(id));
            }
            return Optional.empty();
        }
    }

    /** Where reading begins in every partition that has not been read to its end. */
    private static List<LetterId> starts(Consumer<String, byte[]> consumer, @Nullable LetterId after) {
        List<LetterId> starts = new ArrayList<>();
        for (Topic topic : Topic.values()) {
            for (int partition : partitions(consumer, topic)) {
                LetterId start = new LetterId(topic, partition, 0);
                if (after == null || start.compareTo(after) > 0) {
                    starts.add(start);
                } else if (after.topic() == topic && after.partition() == partition) {
                    starts.add(new LetterId(topic, partition, after.offset() + 1));
                }
            }
        }
        return starts;
    }

    private static List<Integer> partitions(Consumer<String, byte[]> consumer, Topic topic) {
        return consumer.partitionsFor(topic.deadLetterName()).stream()
                .map(info -> info.partition())
                .sorted()
                .toList();
    }

    private Consumer<String, byte[]> consumer() {
        return new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    }

    /** One partition, from an offset to what was its end when reading began. */
    private static final class Reading {
        private final Consumer<String, byte[]> consumer;
        private final LetterId from;
        private final TopicPartition partition;
        private final long end;
        private final Deque<ConsumerRecord<String, byte[]>> polled = new ArrayDeque<>();

        Reading(Consumer<String, byte[]> consumer, LetterId from) {
            this.consumer = consumer;
            this.from = from;
            this.partition = new TopicPartition(from.topic().deadLetterName(), from.partition());
            List<TopicPartition> one = List.of(partition);
            consumer.assign(one);
            this.end = consumer.endOffsets(one).getOrDefault(partition, 0L);
            consumer.seek(partition, Math.min(from.offset(), end));
        }

        Optional<Found> next() {
            int waits = 0;
            while (polled.isEmpty() && consumer.position(partition) < end) {
                consumer.poll(POLL).forEach(polled::add);
                if (++waits > PATIENCE_MILLIS / POLL.toMillis()) {
                    throw new TimeoutException("no answer from the broker for " + partition);
                }
            }
            if (polled.isEmpty()) {
                return Optional.empty();
            }
            ConsumerRecord<String, byte[]> letter = polled.remove();
            return Optional.of(new Found(new LetterId(from.topic(), letter.partition(), letter.offset()), letter));
        }
    }
}
