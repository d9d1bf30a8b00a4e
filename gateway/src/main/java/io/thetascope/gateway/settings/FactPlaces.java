package io.thetascope.gateway.settings;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.kafka.KafkaConsumerRebalanceListener;
import io.thetascope.gateway.database.Database;
import io.thetascope.gateway.projection.Offsets;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Collection;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/** Lets the facts be read from where the database stands, not from where the group was: a lost database is rebuilt. */
@Singleton
@Identifier(FactConsumer.CHANNEL)
public final class FactPlaces implements KafkaConsumerRebalanceListener {
    private final Database database;

    @Inject
    FactPlaces(Database database) {
        this.database = database;
    }

    @Override
    public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            long next = database.call(session -> new Offsets(session).next(partition.topic(), partition.partition()));
            consumer.seek(partition, next);
        }
    }
}
