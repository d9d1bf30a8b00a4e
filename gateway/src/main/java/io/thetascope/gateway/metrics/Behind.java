package io.thetascope.gateway.metrics;

import java.util.Map;

/**
 * How far everybody is behind on Kafka at one moment. Topics are named as in Kafka.
 *
 * @param deadLetters records in the dead-letter topic of a topic
 * @param consumers by consumer group and then topic, the records that the group has not handled yet
 * @param queues by topic, the jobs that are not done yet, those in work included; a queue of which the broker does not say is
 *     left out
 * @param oldestJob by topic, how many seconds ago the oldest job was sent that is not done yet; 0 when all are
 */
record Behind(
        Map<String, Long> deadLetters,
        Map<String, Map<String, Long>> consumers,
        Map<String, Long> queues,
        Map<String, Double> oldestJob) {
    Behind {
        deadLetters = Map.copyOf(deadLetters);
        consumers = Map.copyOf(consumers);
        queues = Map.copyOf(queues);
        oldestJob = Map.copyOf(oldestJob);
    }
}
