package io.thetascope.contracts.event;

/** The share groups that read the queues. */
public enum ShareGroup {
    TRAINERS("thetascope-trainers", Topic.TRAIN_JOBS),
    ANALYZERS("thetascope-analyzers", Topic.ANALYSIS_JOBS);

    private final String groupId;
    private final Topic topic;

    ShareGroup(String groupId, Topic topic) {
        this.groupId = groupId;
        this.topic = topic;
    }

    /** Returns the group's id in Kafka. */
    public String groupId() {
        return groupId;
    }

    /** Returns the queue that the group reads. */
    public Topic topic() {
        return topic;
    }
}
