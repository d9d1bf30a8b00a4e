package io.thetascope.contracts.event;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;

/** What crosses a topic. Facts are in the past tense, commands imperative. */
public sealed interface Event
        permits TrainJob,
                AnalysisJob,
                RunControl,
                StudyAccepted,
                StudyCancelled,
                StudyCompleted,
                EpochCompleted,
                CheckpointStored,
                RunStarted,
                RunFinished,
                AnalysisCompleted {
    /** Returns the topic that carries it. */
    @JsonIgnore
    Topic topic();

    /** Returns its Kafka key, also the CloudEvents subject. */
    @JsonIgnore
    String key();

    /** Returns what sets it apart from others of its type and key: attempt, step, epoch, outcome, revision. */
    @JsonIgnore
    List<Object> distinction();
}
