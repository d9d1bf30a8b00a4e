package io.thetascope.jobqueue;

import io.thetascope.artifacts.FailedAttempt;

/** What to do with a record that was just delivered. */
sealed interface Decision {
    /** Work on the job. */
    record Work() implements Decision {}

    /** Acknowledge: another record of the same job is being worked on. */
    record Duplicate(String owner) implements Decision {}

    /** Acknowledge: the job was given up with this record before, and the acknowledgement was lost. */
    record GivenUpBefore() implements Decision {}

    /** Send a fresh copy and acknowledge this one, which the broker would archive after this delivery. */
    record HandOver() implements Decision {}

    /** Dead-letter it. */
    record GiveUp(FailedAttempt last, int failures) implements Decision {}
}
