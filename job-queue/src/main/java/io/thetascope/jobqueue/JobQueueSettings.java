package io.thetascope.jobqueue;

import io.thetascope.contracts.event.ShareGroup;
import java.time.Duration;

/**
 * What a worker reads, as whom, and when it lets go.
 *
 * @param bootstrapServers of Kafka
 * @param topic the queue
 * @param groupId the share group, configured before the first worker starts
 * @param worker this process's name, as owner objects show it
 * @param limits when it lets go
 * @param whileAway waits while the store or Kafka is away
 * @param afterFailure waits before a job that failed goes back to the queue
 */
public record JobQueueSettings(
        String bootstrapServers,
        String topic,
        String groupId,
        String worker,
        Limits limits,
        Waits whileAway,
        Waits afterFailure) {
    /** Settings for a queue of the contracts with the default limits and waits. */
    public static JobQueueSettings of(String bootstrapServers, ShareGroup group, String worker) {
        return new JobQueueSettings(
                bootstrapServers,
                group.topic().topicName(),
                group.groupId(),
                worker,
                Limits.DEFAULTS,
                new Waits(Duration.ofMillis(500), Duration.ofSeconds(30)),
                new Waits(Duration.ofSeconds(1), Duration.ofSeconds(15)));
    }
}
