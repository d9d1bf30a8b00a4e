package io.thetascope.perturbation.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.thetascope.artifacts.StepKey;
import java.util.function.Consumer;

/**
 * Counts the starting points of retrainings that were put into the store, perturbed or of twins:
 * {@code thetascope_perturbation_children_written_total}. A child that is announced again is not written again.
 */
public final class ChildCount implements Consumer<String> {
    private final Counter written;

    /** Counts here. */
    public ChildCount(MeterRegistry meters) {
        this.written = meters.counter("thetascope.perturbation.children.written");
    }

    @Override
    public void accept(String key) {
        if (StepKey.parse(key).isPresent()) {
            written.increment();
        }
    }
}
