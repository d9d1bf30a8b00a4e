package io.thetascope.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.thetascope.messaging.InboxListener;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Counts what becomes of the facts that a service reads: {@code thetascope_events_consumed_total} by topic and outcome
 * ({@code handled}, {@code repeated}, {@code unreadable}, {@code given_up}).
 */
public final class InboxMeters implements InboxListener {
    private static final String CONSUMED = "thetascope.events.consumed";
    private static final String PAUSED = "thetascope.consumer.paused";

    private final MeterRegistry meters;

    /** Counts here. */
    public InboxMeters(MeterRegistry meters) {
        this.meters = meters;
    }

    @Override
    public void ended(String topic, Ending ending) {
        String outcome = ending.name().toLowerCase(Locale.ROOT);
        meters.counter(CONSUMED, "topic", topic, "outcome", outcome).increment();
    }

    /** Exports {@code thetascope_consumer_paused}: 1 while facts wait for something that is away. */
    public void paused(Supplier<Optional<String>> away) {
        Gauge.builder(PAUSED, () -> away.get().isPresent() ? 1 : 0)
                .description("1 while facts wait for something that is away")
                .register(meters);
    }
}
