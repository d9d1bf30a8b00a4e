package io.thetascope.perturbation.retraining;

import io.thetascope.contracts.event.Event;
import io.thetascope.messaging.Facts;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.errors.TimeoutException;

/** Keeps what is announced; may be away for a while. */
final class AnnouncedFacts implements Facts {
    final List<Event> events = new ArrayList<>();
    int awayFor;

    @Override
    public CompletableFuture<Void> publish(Event event) {
        if (awayFor-- > 0) {
            return CompletableFuture.failedFuture(new TimeoutException("broker away"));
        }
        events.add(event);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void flush() {
        // nothing waits here
    }

    <E extends Event> List<E> of(Class<E> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
