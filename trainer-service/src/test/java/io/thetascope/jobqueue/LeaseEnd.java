package io.thetascope.jobqueue;

/** Ends a lease as the queue would when its process wants to leave. */
public final class LeaseEnd {
    private LeaseEnd() {}

    public static void stop(Lease lease) {
        lease.stop();
    }
}
