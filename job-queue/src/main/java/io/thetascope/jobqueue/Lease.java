package io.thetascope.jobqueue;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The right to work on a job, for as long as the broker keeps its record locked for this worker. It ends by itself when
 * no renewal was confirmed within the lock, also in a process that was paused. Threads may share it.
 */
public final class Lease {
    /** Whether the work may go on. */
    public enum State {
        /** Go on. */
        HELD,
        /** The process wants to leave: save what there is and return. */
        STOPPING,
        /** The job is somebody else's: return, and leave no trace. Once lost, never held again. */
        LOST
    }

    private static final int RENEWALS_PER_LOCK = 3;

    private final ReentrantLock mutex = new ReentrantLock();
    private final Condition changed = mutex.newCondition();
    private final LongSupplier nanoTime;
    private final long lockNanos;
    private long confirmedAt;
    private boolean stopping;
    private boolean duplicate;
    private @Nullable String lost;
    private Runnable onRenewal = () -> {};

    /**
     * Begins a lease.
     *
     * @param nanoTime a clock that only goes forward
     * @param lock how long the broker keeps a record without renewal
     * @param acquiredAt when the record was locked at the earliest
     */
    public Lease(LongSupplier nanoTime, Duration lock, long acquiredAt) {
        this.nanoTime = nanoTime;
        this.lockNanos = lock.toNanos();
        this.confirmedAt = acquiredAt;
    }

    /** Returns whether the work may go on. */
    public State state() {
        mutex.lock();
        try {
            if (lockLost() || duplicate) {
                return State.LOST;
            }
            return stopping ? State.STOPPING : State.HELD;
        } finally {
            mutex.unlock();
        }
    }

    /** Whether the work may go on. */
    public boolean held() {
        return state() == State.HELD;
    }

    /** Returns why the lock is lost; empty while it is not. */
    public Optional<String> whyLost() {
        mutex.lock();
        try {
            return lockLost() ? Optional.ofNullable(lost) : Optional.empty();
        } finally {
            mutex.unlock();
        }
    }

    /**
     * Waits, and ends the wait early when the lease is no longer held.
     *
     * @return whether it is still held
     */
    public boolean await(Duration wait) throws InterruptedException {
        mutex.lockInterruptibly();
        try {
            long left = wait.toNanos();
            while (left > 0 && held()) {
                long slice = Math.min(left, Math.max(1, untilDeadline()));
                left -= slice - Math.max(0, changed.awaitNanos(slice));
            }
            return held();
        } finally {
            mutex.unlock();
        }
    }

    /** Returns how long the work may rest before the next renewal is due: a third of the lock after the last one. */
    Duration untilRenewal() {
        mutex.lock();
        try {
            long due = lockNanos / RENEWALS_PER_LOCK - sinceConfirmed();
            return Duration.ofNanos(Math.max(0, due));
        } finally {
            mutex.unlock();
        }
    }

    /** Returns how long the lock lasts without a further renewal; nothing when it is lost. */
    Duration untilLapse() {
        mutex.lock();
        try {
            return Duration.ofNanos(Math.max(0, untilDeadline()));
        } finally {
            mutex.unlock();
        }
    }

    /** Runs something after every confirmed renewal, on the thread that renews; it must be quick. */
    void onRenewal(Runnable action) {
        change(() -> onRenewal = action);
    }

    /** Takes note that the broker confirmed a renewal that was sent then. */
    void confirmed(long sentAt) {
        mutex.lock();
        try {
            if (!lockLost()) {
                confirmedAt = sentAt;
                onRenewal.run();
            }
        } finally {
            mutex.unlock();
        }
    }

    /** The lock is gone: the record is or will be somebody else's. */
    void lose(String why) {
        change(() -> lost = lost == null ? why : lost);
    }

    /** Another record of the same job is worked on: this one is to be acknowledged, while its lock is kept. */
    void supersede() {
        change(() -> duplicate = true);
    }

    /** The process wants to leave. */
    void stop() {
        change(() -> stopping = true);
    }

    boolean isDuplicate() {
        mutex.lock();
        try {
            return duplicate;
        } finally {
            mutex.unlock();
        }
    }

    private void change(Runnable change) {
        mutex.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            mutex.unlock();
        }
    }

    private boolean lockLost() {
        if (lost == null && untilDeadline() <= 0) {
            lost = "no renewal was confirmed within the lock";
        }
        return lost != null;
    }

    private long untilDeadline() {
        return lockNanos - sinceConfirmed();
    }

    private long sinceConfirmed() {
        return nanoTime.getAsLong() - confirmedAt;
    }
}
