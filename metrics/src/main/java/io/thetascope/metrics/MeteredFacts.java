package io.thetascope.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.thetascope.contracts.event.Event;
import io.thetascope.contracts.event.EventType;
import io.thetascope.messaging.Facts;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Counts what a service publishes, facts and jobs: {@code thetascope_events_published_total} by event and by outcome,
 * {@code acknowledged} once every replica has it or {@code failed}.
 */
public final class MeteredFacts implements Facts {
    private static final String PUBLISHED = "thetascope.events.published";

    private final Facts facts;
    private final MeterRegistry meters;
    private final Consumer<Event> acknowledged;

    /** Publishes there and counts here. */
    public MeteredFacts(Facts facts, MeterRegistry meters) {
        this(facts, meters, event -> {});
    }

    /**
     * Publishes there and counts here.
     *
     * @param acknowledged told every event that every replica has, on the thread that learned of it; it must be quick
     */
    public MeteredFacts(Facts facts, MeterRegistry meters, Consumer<Event> acknowledged) {
        this.facts = facts;
        this.meters = meters;
        this.acknowledged = acknowledged;
    }

    @Override
    public CompletableFuture<Void> publish(Event event) {
        String name = EventType.of(event).eventName();
        // what the caller waits for includes the count, so that who has seen a fact sees it counted
        return facts.publish(event).whenComplete((nothing, failure) -> {
            count(name, failure == null ? "acknowledged" : "failed");
            if (failure == null) {
                acknowledged.accept(event);
            }
        });
    }

    @Override
    public void flush() {
        facts.flush();
    }

    private void count(String event, String outcome) {
        meters.counter(PUBLISHED, "event", event, "outcome", outcome).increment();
    }
}
