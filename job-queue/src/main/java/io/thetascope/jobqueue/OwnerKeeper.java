package io.thetascope.jobqueue;

import io.thetascope.artifacts.JobOwner;
import io.thetascope.contracts.identity.Attempt;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps an attempt's owner object fresh: after every renewal it looks who is there and writes the attempt again, or ends
 * the lease. On a thread of its own, since a slow store must not cost the lock.
 */
final class OwnerKeeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OwnerKeeper.class);

    private final JobLedger ledger;
    private final Attempt attempt;
    private final long copyOf;
    private final Worker worker;
    private final Lease lease;
    private final AtomicBoolean pending = new AtomicBoolean();
    private boolean closed;

    /** Prepares. Caller closes it before the owner is removed. */
    OwnerKeeper(JobLedger ledger, Delivery delivery, Worker worker, Lease lease) {
        this.ledger = ledger;
        this.attempt = delivery.attempt();
        this.copyOf = delivery.copyOf();
        this.worker = worker;
        this.lease = lease;
    }

    /**
     * Who writes.
     *
     * @param name of the process
     * @param clock for the time of renewal
     * @param limits when an owner is believed
     */
    record Worker(String name, InstantSource clock, Limits limits) {
        JobOwner owner(Attempt attempt) {
            return new JobOwner(attempt, name, clock.instant());
        }
    }

    /** Keeps the owner from now on, on this thread. */
    void begin(Executor thread) {
        lease.onRenewal(() -> {
            if (pending.compareAndSet(false, true)) { // a slow store gets one rewrite, not a queue of them
                thread.execute(this::rewrite);
            }
        });
    }

    private synchronized void rewrite() {
        pending.set(false);
        if (closed) {
            return;
        }
        try {
            switch (claim()) {
                case MINE -> ledger.claim(worker.owner(attempt));
                case DUPLICATE -> lease.supersede();
                case LOST -> lease.lose("a later delivery of the record is worked on");
            }
        } catch (RuntimeException e) { // the owner only looks silent meanwhile
            LOG.warn("owner not rewritten attempt={}", attempt, e);
        }
    }

    private Situation.Claim claim() {
        Failures none = new Failures(List.of());
        return new Situation(
                        AttemptPlace.of(attempt),
                        copyOf,
                        ledger.owner(),
                        none,
                        0,
                        worker.clock().instant())
                .atRenewal(worker.limits());
    }

    @Override
    public synchronized void close() {
        closed = true;
    }
}
