package io.thetascope.jobqueue;

/** What the broker is told about a record when the work on it has ended. */
enum Verdict {
    /** It leaves the queue. */
    ACCEPT,
    /** It goes back to the queue. */
    RELEASE,
    /** Nothing: the lock is lost, or the record must come again although this was its last delivery. */
    SILENCE
}
