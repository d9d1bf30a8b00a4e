package io.thetascope.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.thetascope.contracts.event.Topic;
import java.util.function.Consumer;

/**
 * Counts the messages that this process put into a dead-letter topic: {@code thetascope_dead_letters_sent_total} by the topic
 * from which they came. The series are there from the start: an increase is seen only in a series that was there before.
 */
public final class DeadLetterCount implements Consumer<String> {
    private static final String SENT = "thetascope.dead.letters.sent";

    private final MeterRegistry meters;

    /**
     * Counts here.
     *
     * @param topics from which letters may come
     */
    public DeadLetterCount(MeterRegistry meters, Topic... topics) {
        this.meters = meters;
        for (Topic topic : topics) {
            counter(topic.topicName());
        }
    }

    @Override
    public void accept(String topic) {
        counter(topic).increment();
    }

    private Counter counter(String topic) {
        return meters.counter(SENT, "topic", topic);
    }
}
