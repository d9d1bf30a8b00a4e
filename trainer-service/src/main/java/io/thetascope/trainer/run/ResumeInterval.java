package io.thetascope.trainer.run;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * When a resume point is due: so long after the one before, and not before the training has run for several times what that
 * one took to store, so that large models on slow stores are still trained rather than stored.
 */
final class ResumeInterval {
    /** Storing takes at most one part in so many of the time. */
    private static final int TIMES_THE_COST = 4;

    private final long everyNanos;
    private final LongSupplier nanoTime;
    private long lastAt;
    private long lastCost;

    /** Begins now. */
    ResumeInterval(Duration every, LongSupplier nanoTime) {
        this.everyNanos = every.toNanos();
        this.nanoTime = nanoTime;
        this.lastAt = nanoTime.getAsLong();
    }

    boolean due() {
        return nanoTime.getAsLong() - lastAt >= Math.max(everyNanos, TIMES_THE_COST * lastCost);
    }

    /** Runs what stores a point, and counts from its end. */
    void store(Runnable storing) {
        long started = nanoTime.getAsLong();
        storing.run();
        lastAt = nanoTime.getAsLong();
        lastCost = lastAt - started;
    }
}
