package io.thetascope.trainer.training;

import java.util.OptionalDouble;
import java.util.function.LongSupplier;

/** Images a second of the steps alone; what is stored between them does not count. */
final class Pace {
    private static final double NANOS = 1e9;

    private final LongSupplier nanoTime;
    private long startedAt;
    private long nanos;
    private long images;

    Pace(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    void start() {
        startedAt = nanoTime.getAsLong();
    }

    void pause() {
        nanos += nanoTime.getAsLong() - startedAt;
    }

    void images(int trained) {
        images += trained;
    }

    /** Pauses, and returns the rate since the last call; absent when nothing was trained since, as after a resumption. */
    OptionalDouble finish() {
        pause();
        OptionalDouble rate = images > 0 ? OptionalDouble.of(images / (nanos / NANOS)) : OptionalDouble.empty();
        nanos = 0;
        images = 0;
        return rate;
    }
}
