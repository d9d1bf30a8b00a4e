package io.thetascope.gateway.metrics;

import io.thetascope.contracts.event.Topic;
import java.util.List;
import java.util.Locale;

/** The consumer groups that read facts, and which. */
enum ConsumerGroup {
    /** Keeps its offsets in the read model. */
    GATEWAY,
    ANALYZER,
    PERTURBATION;

    /** Returns the group's id in Kafka. */
    String groupId() {
        return "thetascope-" + name().toLowerCase(Locale.ROOT);
    }

    /** Returns what the group reads. */
    List<Topic> topics() {
        return switch (this) {
            case GATEWAY -> List.of(Topic.STUDIES, Topic.RUNS, Topic.EPOCHS, Topic.CHECKPOINTS, Topic.ANALYSES);
            case ANALYZER -> List.of(Topic.CHECKPOINTS, Topic.RUNS, Topic.STUDIES);
            case PERTURBATION -> List.of(Topic.STUDIES, Topic.RUNS);
        };
    }
}
