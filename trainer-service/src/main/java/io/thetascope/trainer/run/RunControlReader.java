package io.thetascope.trainer.run;

import io.thetascope.contracts.event.Event;
import io.thetascope.contracts.event.RunControl;
import io.thetascope.contracts.event.Topic;
import io.thetascope.messaging.EventReader;
import io.thetascope.messaging.UnreadableRecordException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads all of run-control from its start, and goes on reading; every trainer reads all partitions, so it belongs to no group.
 * One thread of its own. Caller closes it.
 */
public final class RunControlReader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunControlReader.class);
    private static final Duration POLL = Duration.ofMillis(250);
    private static final Duration BEFORE_ANOTHER_TRY = Duration.ofMillis(500);

    private final Map<String, Object> settings;
    private final WantedRuns wanted;
    private final Thread thread = new Thread(this::readUntilClosed, "run-control");
    private final CountDownLatch caughtUp = new CountDownLatch(1);
    private final CountDownLatch closing = new CountDownLatch(1);

    /** Prepares; {@link #start} begins. */
    public RunControlReader(String bootstrapServers, String worker, WantedRuns wanted) {
        this.settings = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.CLIENT_ID_CONFIG,
                worker + "-run-control",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest");
        this.wanted = wanted;
    }

    /** Begins to read; the topic exists. */
    public void start() {
        thread.start();
    }

    /** Whether everything that was there at the start has been read. */
    public boolean isCaughtUp() {
        return caughtUp.getCount() == 0;
    }

    /** Waits for that; false when it took longer. */
    public boolean awaitCaughtUp(Duration longest) throws InterruptedException {
        return caughtUp.await(longest.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void readUntilClosed() {
        while (!isClosing()) {
            try (KafkaConsumer<String, byte[]> consumer =
                    new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
                List<TopicPartition> partitions = partitions(consumer);
                if (partitions.isEmpty()) {
                    pause(); // a topic made a moment ago is not known to the broker's every part yet
                } else {
                    read(consumer, partitions);
                }
            } catch (RuntimeException e) {
                LOG.error("run-control not read, trying again", e);
                pause();
            }
        }
    }

    private static List<TopicPartition> partitions(KafkaConsumer<String, byte[]> consumer) {
        return consumer.partitionsFor(Topic.RUN_CONTROL.topicName()).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
    }

    private void read(KafkaConsumer<String, byte[]> consumer, List<TopicPartition> partitions) {
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        while (!isClosing()) {
            consumer.poll(POLL).forEach(this::note);
            if (!isCaughtUp()
                    && ends.entrySet().stream().allMatch(e -> consumer.position(e.getKey()) >= e.getValue())) {
                caughtUp.countDown();
            }
        }
    }

    private void note(ConsumerRecord<String, byte[]> message) {
        if (message.value() == null) {
            return; // a key that was removed says nothing
        }
        try {
            Event event = EventReader.read(message);
            if (event instanceof RunControl control) {
                wanted.note(control);
            }
        } catch (UnreadableRecordException e) {
            LOG.warn("run-control record unreadable key={} offset={}", message.key(), message.offset(), e);
        }
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    private void pause() {
        try {
            boolean unused = closing.await(BEFORE_ANOTHER_TRY.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
