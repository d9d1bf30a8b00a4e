package io.thetascope.messaging;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Waits that double from the first to the longest until something works again; ended at once by closing. */
final class GrowingWaits {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition closing = lock.newCondition();
    private final Duration first;
    private final Duration longest;
    private boolean closed;

    GrowingWaits(Duration first, Duration longest) {
        this.first = first;
        this.longest = longest;
    }

    /** Returns how long to wait after so many failures in a row, from 1. */
    Duration after(int failures) {
        int doublings = Math.min(failures - 1, 30);
        Duration wait = first.multipliedBy(1L << doublings);
        return wait.compareTo(longest) < 0 ? wait : longest;
    }

    /**
     * Waits after so many failures in a row.
     *
     * @return false when it was closed instead
     */
    boolean await(int failures) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long nanos = after(failures).toNanos();
            while (!closed && nanos > 0) {
                nanos = closing.awaitNanos(nanos);
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            closing.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
