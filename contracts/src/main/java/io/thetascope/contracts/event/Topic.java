package io.thetascope.contracts.event;

import java.util.Arrays;
import java.util.Optional;

/** Every topic there is; each has a dead-letter topic beside it. */
public enum Topic {
    TRAIN_JOBS("thetascope.train-jobs.v1", Kind.QUEUE),
    ANALYSIS_JOBS("thetascope.analysis-jobs.v1", Kind.QUEUE),
    RUN_CONTROL("thetascope.run-control.v1", Kind.COMPACTED),
    STUDIES("thetascope.studies.v1", Kind.FACT),
    EPOCHS("thetascope.epochs.v1", Kind.FACT),
    CHECKPOINTS("thetascope.checkpoints.v1", Kind.FACT),
    RUNS("thetascope.runs.v1", Kind.FACT),
    ANALYSES("thetascope.analyses.v1", Kind.FACT);

    /** How a topic is read. */
    public enum Kind {
        /** Through a share group: one job a worker, acknowledged when it is done. */
        QUEUE,
        /** By ordinary consumer groups, replayable from the start. */
        FACT,
        /** The latest value of every key, read whole. */
        COMPACTED
    }

    /** The partitions of a dead-letter topic: few records, read by people. */
    public static final int DEAD_LETTER_PARTITIONS = 1;

    private static final int PARTITIONS = 12;

    /**
     * A share group divides partitions among its members, so an idle worker never sees a job that lies in a busy one's;
     * with one partition every worker takes the next job there is (decision 0002).
     */
    private static final int QUEUE_PARTITIONS = 1;

    private final String topicName;
    private final Kind kind;

    Topic(String topicName, Kind kind) {
        this.topicName = topicName;
        this.kind = kind;
    }

    /** Returns the name in Kafka. */
    public String topicName() {
        return topicName;
    }

    /** Returns how it is read. */
    public Kind kind() {
        return kind;
    }

    /** Returns how many partitions it has. */
    public int partitions() {
        return kind == Kind.QUEUE ? QUEUE_PARTITIONS : PARTITIONS;
    }

    /** Returns the name of the topic for what gave up or could not be read. */
    public String deadLetterName() {
        return topicName + ".dlq";
    }

    /** Finds the topic of this name in Kafka. */
    public static Optional<Topic> named(String topicName) {
        return Arrays.stream(values())
                .filter(t -> t.topicName.equals(topicName))
                .findFirst();
    }
}
