package io.thetascope.trainer.run;

import io.thetascope.contracts.identity.RunId;
import io.thetascope.jobqueue.Lease;
import io.thetascope.trainer.training.StopSignal;

/** Why a run stops on its way: asked before every batch, and it remembers the answer that stopped it. One thread. */
final class RunInterruption implements StopSignal {
    /** What came in between. */
    enum Cause {
        NONE,
        /** Somebody else has the job: nothing may be stored or announced. */
        LEASE_LOST,
        /** No study wants the run. */
        NOT_WANTED,
        /** The process wants to leave. */
        LEAVING
    }

    private final RunId run;
    private final Lease lease;
    private final WantedRuns wanted;
    private Cause cause = Cause.NONE;

    RunInterruption(RunId run, Lease lease, WantedRuns wanted) {
        this.run = run;
        this.lease = lease;
        this.wanted = wanted;
    }

    @Override
    public boolean raised() {
        cause = switch (lease.state()) {
            case LOST -> Cause.LEASE_LOST;
            case STOPPING -> Cause.LEAVING;
            case HELD -> wanted.abandoned(run) ? Cause.NOT_WANTED : Cause.NONE;
        };
        return cause != Cause.NONE;
    }

    /** Returns what {@link #raised} found last. */
    Cause cause() {
        return cause;
    }

    /**
     * Called before anything is stored or announced.
     *
     * @throws LeaseLostException when the job is somebody else's
     */
    void requireLease() {
        if (lease.state() == Lease.State.LOST) {
            throw new LeaseLostException(run, lease.whyLost().orElse("another worker has it"));
        }
    }
}
