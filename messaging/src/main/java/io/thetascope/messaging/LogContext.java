package io.thetascope.messaging;

import io.thetascope.contracts.event.Topic;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * What every log line says that is written while a message is worked on: whose message it is, as the MDC keys
 * {@link #RUN}, {@link #ANALYSIS} or {@link #STUDY}, and which {@link #ATTEMPT} at a job.
 */
public final class LogContext {
    public static final String RUN = "runId";
    public static final String ANALYSIS = "analysisId";
    public static final String STUDY = "studyId";
    public static final String ATTEMPT = "attempt";

    private LogContext() {}

    /** Work that answers. */
    @FunctionalInterface
    public interface Work<T, E extends Exception> {
        /** Does it. */
        T run() throws E;
    }

    /**
     * Does work on a message; afterwards the thread's context is what it was.
     *
     * @param attempt at a job; absent for facts
     */
    public static <T, E extends Exception> T during(
            ConsumerRecord<String, byte[]> message, @Nullable String attempt, Work<T, E> work) throws E {
        Map<String, String> context = new HashMap<>();
        if (message.key() != null) {
            Topic.named(message.topic()).ifPresent(topic -> context.put(keyOf(topic), message.key()));
        }
        if (attempt != null) {
            context.put(ATTEMPT, attempt);
        }
        context.forEach(MDC::put);
        try {
            return work.run();
        } finally {
            context.keySet().forEach(MDC::remove);
        }
    }

    private static String keyOf(Topic topic) {
        return switch (topic) {
            case TRAIN_JOBS, RUN_CONTROL, EPOCHS, CHECKPOINTS, RUNS -> RUN;
            case ANALYSIS_JOBS, ANALYSES -> ANALYSIS;
            case STUDIES -> STUDY;
        };
    }
}
