package io.thetascope.gateway.projection;

import java.time.Instant;

/**
 * Where a fact was read.
 *
 * @param topic of Kafka
 * @param partition of the topic
 * @param offset in the partition
 * @param writtenAt by the broker's or the producer's clock
 */
public record FactPosition(String topic, int partition, long offset, Instant writtenAt) {}
