package io.thetascope.messaging;

import io.thetascope.contracts.event.Event;
import java.util.concurrent.CompletableFuture;

/** Where events are announced; a fake keeps them in a list. */
public interface Facts {
    /**
     * Announces an event, after what it names exists. Events of one key keep their order.
     *
     * @return done when every replica has it; fails with {@link org.apache.kafka.common.KafkaException}, which is
     *     transient when {@link TransientFailures} says so
     */
    CompletableFuture<Void> publish(Event event);

    /** Waits until everything published before was acknowledged or failed. */
    void flush();
}
