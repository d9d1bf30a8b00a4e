package io.thetascope.gateway.settings;

import io.thetascope.gateway.projection.FactPosition;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Notes that records were passed over, however long the database is away: an error here would end the channel. */
final class PassedRecords implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PassedRecords.class);

    private final Consumer<FactPosition> note;
    private final Duration firstWait;
    private final Duration longestWait;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile @Nullable Throwable pause;

    PassedRecords(Consumer<FactPosition> note, Duration firstWait, Duration longestWait) {
        this.note = note;
        this.firstWait = firstWait;
        this.longestWait = longestWait;
    }

    /**
     * Notes one; returns when it is noted.
     *
     * @throws IllegalStateException when it was closed, or the thread interrupted, before that
     */
    void pass(FactPosition position) {
        Duration wait = firstWait;
        while (!isNoted(position)) {
            await(position, wait);
            wait = wait.multipliedBy(2).compareTo(longestWait) < 0 ? wait.multipliedBy(2) : longestWait;
        }
        pause = null;
    }

    /** Returns what records wait for; empty when all is well. */
    Optional<String> paused() {
        return Optional.ofNullable(pause).map(Throwable::toString);
    }

    @Override
    public void close() {
        closed.countDown();
    }

    private boolean isNoted(FactPosition position) {
        try {
            note.accept(position);
            return true;
        } catch (RuntimeException e) { // whatever it is: nothing may be skipped
            if (pause == null) {
                LOG.warn("facts paused, a record cannot be passed over position={}", position, e);
            }
            pause = e;
            return false;
        }
    }

    private void await(FactPosition position, Duration wait) {
        try {
            if (closed.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("closed while a record waits to be passed over: " + position);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a record waits to be passed over: " + position, e);
        }
    }
}
