package io.thetascope.jobqueue;

/** Told how a worker gets on, on whichever of its threads that happens; every call must be quick and throw nothing. */
public interface JobListener {
    /** Tells nobody. */
    JobListener NONE = new JobListener() {};

    /** The handler begins to work on a job; a job that needs no work is not begun. */
    default void begun() {}

    /** The handler came to an end; not called when the worker left while something was away. */
    default void ended(JobEnding ending) {}

    /** The worker is done with a job that was begun, whatever became of it. */
    default void left() {}

    /**
     * The broker was asked to renew a lock.
     *
     * @param confirmed whether it did; the lock is lost otherwise
     */
    default void renewed(boolean confirmed) {}

    /** A lock was lost: the job is or will be another worker's. */
    default void lockLost() {}

    /** A job, given up or unreadable, was put into the dead-letter topic. */
    default void deadLettered() {}
}
