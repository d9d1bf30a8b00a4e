package io.thetascope.jobqueue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicIdPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The share consumer, one record at a time, acknowledged explicitly. Belongs to one thread. A record that was renewed
 * comes back from the next poll before anything else can be done with it; {@link #renew} includes that.
 */
final class AcquiredRecords implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AcquiredRecords.class);
    private static final Duration CLOSING = Duration.ofSeconds(5);

    private final KafkaShareConsumer<String, byte[]> consumer;
    private final LongSupplier nanoTime;
    private long pollBefore;
    private long lastPoll;

    private AcquiredRecords(KafkaShareConsumer<String, byte[]> consumer, LongSupplier nanoTime) {
        this.consumer = consumer;
        this.nanoTime = nanoTime;
        this.lastPoll = nanoTime.getAsLong();
        this.pollBefore = lastPoll;
    }

    static AcquiredRecords of(JobQueueSettings settings, LongSupplier nanoTime) {
        KafkaShareConsumer<String, byte[]> consumer = new KafkaShareConsumer<>(
                consumerConfig(settings), new StringDeserializer(), new ByteArrayDeserializer());
        AcquiredRecords records = new AcquiredRecords(consumer, nanoTime);
        consumer.setAcknowledgementCommitCallback(AcquiredRecords::committed);
        consumer.subscribe(List.of(settings.topic()));
        return records;
    }

    private static Map<String, Object> consumerConfig(JobQueueSettings settings) {
        Map<String, Object> config = new HashMap<>();
        config.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
        config.put(ConsumerConfig.GROUP_ID_CONFIG, settings.groupId());
        config.put(ConsumerConfig.CLIENT_ID_CONFIG, settings.worker());
        config.put(ConsumerConfig.SHARE_ACKNOWLEDGEMENT_MODE_CONFIG, "explicit");
        config.put(ConsumerConfig.SHARE_ACQUIRE_MODE_CONFIG, "record_limit");
        config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
        return config;
    }

    private static void committed(Map<TopicIdPartition, Set<Long>> offsets, Exception failure) {
        if (failure != null) {
            LOG.warn("acknowledgement refused offsets={} cause={}", offsets, failure.toString());
        }
    }

    /** Waits for a record. */
    Optional<Delivery> acquire(Duration wait) {
        List<Delivery> found = poll(wait);
        // one at most is asked for; whatever else a broker hands out belongs to somebody else
        found.stream().skip(1).forEach(d -> consumer.acknowledge(d.message(), AcknowledgeType.RELEASE));
        return found.stream().findFirst();
    }

    /** Whether the client holds a connection to any broker. */
    boolean isConnected() {
        return consumer.metrics().entrySet().stream()
                .filter(metric -> metric.getKey().name().equals("connection-count"))
                .map(metric -> metric.getValue().metricValue())
                .anyMatch(count -> count instanceof Number number && number.doubleValue() > 0);
    }

    /** Returns the lock's duration as the broker says it; empty before the first record. */
    Optional<Duration> lock() {
        return consumer.acquisitionLockTimeoutMs().map(Duration::ofMillis);
    }

    /**
     * Renews a record's lock.
     *
     * @param wait how long the broker may take
     * @return the record, to be acknowledged in place of the former one; empty when its lock could not be renewed
     */
    Optional<Delivery> renew(Delivery delivery, Duration wait) {
        if (!acknowledge(delivery, AcknowledgeType.RENEW, wait)) {
            return Optional.empty();
        }
        long end = nanoTime.getAsLong() + wait.toNanos();
        do {
            for (Delivery found : poll(Duration.ofMillis(100))) {
                if (found.attempt().equals(delivery.attempt())
                        && found.message().partition() == delivery.message().partition()) {
                    return Optional.of(found);
                }
                consumer.acknowledge(found.message(), AcknowledgeType.RELEASE);
            }
        } while (nanoTime.getAsLong() < end);
        return Optional.empty();
    }

    /** Tells the broker what becomes of a record; false when it did not take it. */
    boolean acknowledge(Delivery delivery, AcknowledgeType type, Duration wait) {
        consumer.acknowledge(delivery.message(), type);
        Map<TopicIdPartition, Optional<KafkaException>> results = consumer.commitSync(wait);
        boolean taken = results.values().stream().allMatch(Optional::isEmpty);
        if (!taken) {
            LOG.warn("not acknowledged attempt={} type={} results={}", delivery.attempt(), type, results);
        }
        return taken;
    }

    // the client may have fetched a record during the poll before the one that hands it out
    private List<Delivery> poll(Duration wait) {
        pollBefore = lastPoll;
        lastPoll = nanoTime.getAsLong();
        List<Delivery> found = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> message : consumer.poll(wait)) {
            int count = message.deliveryCount().map(Short::intValue).orElse(1);
            found.add(new Delivery(message, count, pollBefore));
        }
        return found;
    }

    @Override
    public void close() {
        consumer.close(CLOSING);
    }
}
