package io.thetascope.jobqueue;

/** How an attempt at a job ended. */
public sealed interface JobEnding {
    /** Nothing is left to do: finished, diverged, cancelled, refused. The job leaves the queue. */
    record Done() implements JobEnding {}

    /** Stopped on the way, without fault; somebody goes on with it. */
    record Released() implements JobEnding {}

    /**
     * Went wrong, for a reason that may or may not be there the next time.
     *
     * @param error what an operator reads
     */
    record Failed(String error) implements JobEnding {}
}
