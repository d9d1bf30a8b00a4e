package io.thetascope.launcher.process;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Says once, to everyone who waits, that it is time to leave; with the reason when that is a failure. */
public final class StopSignal {
    private final CountDownLatch raised = new CountDownLatch(1);
    private final AtomicReference<@Nullable String> failure = new AtomicReference<>();

    /** Asks everyone to leave because someone wants it so. */
    public void raise() {
        raised.countDown();
    }

    /** Asks everyone to leave because something cannot go on; the first reason is kept. */
    public void raise(String reason) {
        failure.compareAndSet(null, reason);
        raised.countDown();
    }

    /** Waits until it is raised or the time is over; returns whether it is raised. An interrupt raises it. */
    public boolean within(Duration time) {
        try {
            return raised.await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            raise();
            return true;
        }
    }

    /** Waits until it is raised. */
    public void await() {
        while (!within(Duration.ofDays(1))) {
            // a day has passed; nothing has happened
        }
    }

    /** Returns whether it is raised. */
    public boolean isRaised() {
        return raised.getCount() == 0;
    }

    /** Returns why, when the reason is a failure. */
    public Optional<String> failure() {
        return Optional.ofNullable(failure.get());
    }
}
