package io.thetascope.jobqueue;

import io.thetascope.artifacts.FailedAttempt;
import io.thetascope.contracts.identity.Attempt;

/**
 * Does the work of a job. Every call starts by looking: a job may come twice, and any earlier attempt may have died
 * anywhere.
 *
 * @param <J> the job
 */
public interface JobHandler<J> {
    /**
     * Works on a job. Between two pieces of work it looks at the lease: on {@code STOPPING} it saves what it has and
     * returns {@link JobEnding.Released}; on {@code LOST} it stores and announces nothing any more and returns the same.
     *
     * <p>Exceptions are failures, except those that will pass by themselves (store or Kafka away): then the same attempt
     * calls again after a growing wait. The trace of the job's record is current: what is published belongs to it.
     */
    JobEnding run(J job, Attempt attempt, Lease lease) throws Exception;

    /**
     * Returns how far the job's stored work goes, such as the step of its latest checkpoint or resume point; the count
     * of failures starts anew whenever it has grown. A job without intermediate results always says the same.
     */
    long progress(J job);

    /**
     * Takes note that the job went to the dead-letter topic; announces what follows from it. May be called again.
     *
     * @param last the failure that was one too many
     * @param failures without progress, this one included
     */
    void gaveUp(J job, FailedAttempt last, int failures);
}
