package io.thetascope.contracts.event;

import io.thetascope.contracts.identity.ContentHash;
import io.thetascope.contracts.json.Json;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** The events by name and version, and the CloudEvents attributes that follow from an event. */
public enum EventType {
    TRAIN_JOB(TrainJob.class),
    ANALYSIS_JOB(AnalysisJob.class),
    RUN_CONTROL(RunControl.class),
    STUDY_ACCEPTED(StudyAccepted.class),
    STUDY_CANCELLED(StudyCancelled.class),
    STUDY_COMPLETED(StudyCompleted.class),
    EPOCH_COMPLETED(EpochCompleted.class),
    CHECKPOINT_STORED(CheckpointStored.class),
    RUN_STARTED(RunStarted.class),
    RUN_FINISHED(RunFinished.class),
    ANALYSIS_COMPLETED(AnalysisCompleted.class);

    private static final int ID_HEX_DIGITS = 32;

    private final Class<? extends Event> event;

    EventType(Class<? extends Event> event) {
        this.event = event;
    }

    /** Returns the type of an event. */
    public static EventType of(Event event) {
        return Arrays.stream(values())
                .filter(t -> t.event.isInstance(event))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no type for " + event.getClass()));
    }

    /** Finds the type of this CloudEvents name. */
    public static Optional<EventType> named(String cloudEventType) {
        return Arrays.stream(values())
                .filter(t -> t.cloudEventType().equals(cloudEventType))
                .findFirst();
    }

    /** Returns the event's plain name, such as {@code RunFinished}. */
    public String eventName() {
        return event.getSimpleName();
    }

    /** Returns {@code ce_type}: {@code io.thetascope.<EventName>.v1}. */
    public String cloudEventType() {
        return "io.thetascope." + eventName() + ".v1";
    }

    /** Reads an event of this type from UTF-8 JSON. */
    public Event read(byte[] json) {
        return Json.read(json, event);
    }

    /** Returns {@code ce_id}: equal for repetitions of one event, by which consumers of facts drop them. */
    public static String idOf(Event event) {
        String distinction = event.distinction().stream().map(Object::toString).collect(Collectors.joining("/"));
        return ContentHash.hex(of(event).cloudEventType() + "/" + event.key() + "/" + distinction)
                .substring(0, ID_HEX_DIGITS);
    }
}
