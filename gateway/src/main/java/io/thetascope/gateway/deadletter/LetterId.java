package io.thetascope.gateway.deadletter;

import io.thetascope.contracts.event.Topic;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a dead letter lies, as text {@code <topic>-<partition>-<offset>}. Ordered by topic, partition, offset.
 *
 * @param topic the one that it came from; the letter lies in that topic's dead-letter topic
 * @param partition of the dead-letter topic
 * @param offset there
 */
public record LetterId(Topic topic, int partition, long offset) implements Comparable<LetterId> {
    private static final Comparator<LetterId> ORDER = Comparator.comparing(LetterId::topic)
            .thenComparingInt(LetterId::partition)
            .thenComparingLong(LetterId::offset);
    private static final Pattern TEXT = Pattern.compile("(.+)-(\\d{1,9})-(\\d{1,18})");

    /** Reads one; empty when it is none, or its topic is not ours. */
    public static Optional<LetterId> of(String text) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        return Topic.named(parts.group(1))
                .map(topic -> new LetterId(topic, Integer.parseInt(parts.group(2)), Long.parseLong(parts.group(3))));
    }

    @Override
    public int compareTo(LetterId other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return topic.topicName() + "-" + partition + "-" + offset;
    }
}
