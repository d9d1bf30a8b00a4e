package io.thetascope.gateway.testing;

import io.thetascope.contracts.event.Event;
import io.thetascope.messaging.Facts;
import io.thetascope.messaging.trace.TraceParent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Topics that keep what is published, and can be away. */
public final class PublishedFacts implements Facts {
    private final List<Event> events = new ArrayList<>();
    private final List<String> traceParents = new ArrayList<>();
    private int failures;

    public void failNext(int count) {
        failures = count;
    }

    public List<Event> events() {
        return List.copyOf(events);
    }

    /** Returns the trace of each event; an empty text for none. */
    public List<String> traceParents() {
        return List.copyOf(traceParents);
    }

    public <T extends Event> List<T> of(Class<T> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    @Override
    public CompletableFuture<Void> publish(Event event) {
        if (failures > 0) {
            failures--;
            return CompletableFuture.failedFuture(new IllegalStateException("the broker is away"));
        }
        events.add(event);
        traceParents.add(TraceParent.current().orElse(""));
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void flush() {
        // everything is published at once
    }
}
