package io.thetascope.gateway.metrics;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListShareGroupOffsetsSpec;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Where partitions begin and end, and where groups stand, by Kafka's admin client.
 *
 * @param admin closed with this
 */
record GroupOffsets(Admin admin) implements AutoCloseable {
    private static final long SECONDS = 10;

    /**
     * Where a share group stands in a partition.
     *
     * @param start the first record that is not done yet
     * @param lag the records that are not done yet; absent where the broker does not say
     */
    record Place(long start, Optional<Long> lag) {}

    /** Returns the offset in each of these partitions that {@link OffsetSpec} describes. */
    Map<TopicPartition, Long> of(Collection<TopicPartition> partitions, OffsetSpec wanted) {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        await(admin.listOffsets(partitions.stream().collect(Collectors.toMap(p -> p, p -> wanted)))
                        .all())
                .forEach((partition, found) -> offsets.put(partition, found.offset()));
        return offsets;
    }

    /** Returns the next offset of a consumer group in each partition where it has committed one. */
    Map<TopicPartition, Long> committed(String group) {
        Map<TopicPartition, Long> next = new HashMap<>();
        await(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())
                .forEach((partition, offset) -> {
                    if (offset != null) { // asked for, never committed
                        next.put(partition, offset.offset());
                    }
                });
        return next;
    }

    /** Returns where a share group stands, in each partition where it has begun. */
    Map<TopicPartition, Place> places(String group) {
        Map<TopicPartition, Place> places = new HashMap<>();
        await(admin.listShareGroupOffsets(Map.of(group, new ListShareGroupOffsetsSpec()))
                        .partitionsToOffsetInfo(group))
                .forEach((partition, offset) -> {
                    if (offset != null) {
                        places.put(partition, new Place(offset.startOffset(), offset.lag()));
                    }
                });
        return places;
    }

    private static <T> T await(KafkaFuture<T> answer) {
        try {
            return answer.get(SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException kafka ? kafka : new KafkaException(e.getCause());
        } catch (TimeoutException e) {
            throw new org.apache.kafka.common.errors.TimeoutException("no answer within " + SECONDS + " s", e);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    /** Gives up what is asked: a broker that is away would be waited for otherwise. */
    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }
}
