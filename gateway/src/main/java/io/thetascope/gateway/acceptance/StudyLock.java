package io.thetascope.gateway.acceptance;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Lets one change at a time happen to the files and rows of studies: a study that is accepted while it is cancelled must
 * not lose the marks that were just written. It holds within this process, which is enough: one gateway serves a store.
 */
public final class StudyLock {
    private final ReentrantLock lock = new ReentrantLock();

    /** Does work while no other such work is done. */
    public <T> T alone(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }
}
