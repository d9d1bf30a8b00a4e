package io.thetascope.jobqueue;

import java.time.Duration;
import java.util.function.LongSupplier;

/** How long a worker has gone without a job. Belongs to one thread. */
final class Idleness {
    private final LongSupplier nanoTime;
    private long since;

    /** Begins now, on a clock that only goes forward. */
    Idleness(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.since = nanoTime.getAsLong();
    }

    /** A job has ended, however it did: idle from now. */
    void restart() {
        since = nanoTime.getAsLong();
    }

    boolean lasts(Duration limit) {
        return nanoTime.getAsLong() - since >= limit.toNanos();
    }
}
