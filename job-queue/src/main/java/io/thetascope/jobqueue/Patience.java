package io.thetascope.jobqueue;

import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tries again with growing waits what will work when the store or Kafka is back, for as long as the lease is held. */
final class Patience {
    private static final Logger LOG = LoggerFactory.getLogger(Patience.class);

    private final Predicate<Throwable> passes;
    private final Waits waits;
    private final Lease lease;
    private final Consumer<Optional<String>> told;

    /**
     * Prepares.
     *
     * @param passes which failures will pass by themselves
     * @param told what is waited for, as soon as something is, and empty when nothing is any more
     */
    Patience(Predicate<Throwable> passes, Waits waits, Lease lease, Consumer<Optional<String>> told) {
        this.passes = passes;
        this.waits = waits;
        this.lease = lease;
        this.told = told;
    }

    /** What was tried is not to be tried again: the lease is no longer held. */
    static final class EndedException extends Exception {
        private static final long serialVersionUID = 1L;

        EndedException(Throwable cause) {
            super("the lease ended while waiting for: " + cause, cause);
        }
    }

    /** Calls at least once, whatever the lease says, and again after failures that pass. */
    <T> T call(String what, Callable<T> action) throws Exception {
        try {
            return callUntilItPasses(what, action);
        } finally {
            told.accept(Optional.empty());
        }
    }

    private <T> T callUntilItPasses(String what, Callable<T> action) throws Exception {
        for (int failures = 1; ; failures++) {
            try {
                return action.call();
            } catch (Exception e) {
                if (!passes.test(e)) {
                    throw e;
                }
                told.accept(Optional.of(what + " waits: " + e));
                LOG.warn("waiting for what is away action={} failures={} cause={}", what, failures, e.toString());
                if (!lease.await(waits.after(failures))) {
                    throw new EndedException(e);
                }
            }
        }
    }

    void run(String what, Runnable action) throws Exception {
        call(what, () -> {
            action.run();
            return Boolean.TRUE;
        });
    }
}
