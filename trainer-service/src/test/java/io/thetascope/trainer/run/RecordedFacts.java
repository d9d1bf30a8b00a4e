package io.thetascope.trainer.run;

import io.thetascope.contracts.event.Event;
import io.thetascope.messaging.Facts;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Keeps what was announced, and tells a listener at once. */
final class RecordedFacts implements Facts {
    final List<Event> events = new ArrayList<>();
    int flushes;
    Consumer<Event> listener = event -> {};

    @Override
    public CompletableFuture<Void> publish(Event event) {
        events.add(event);
        listener.accept(event);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void flush() {
        flushes++;
    }

    <E extends Event> List<E> of(Class<E> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
