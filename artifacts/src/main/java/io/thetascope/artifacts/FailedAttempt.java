package io.thetascope.artifacts;

import io.thetascope.contracts.identity.Attempt;
import java.time.Instant;

/**
 * An attempt at a job that failed ({@code attempts/{attempt}.json}).
 *
 * @param attempt that failed
 * @param worker the name of its process
 * @param error what went wrong
 * @param step how far the job's stored work went when it failed; the count of failures starts anew at a later one
 * @param gaveUp whether the job went to the dead-letter topic with it; what is sent again later counts from zero
 * @param failedAt when
 */
public record FailedAttempt(Attempt attempt, String worker, String error, long step, boolean gaveUp, Instant failedAt) {
    /** Returns the same failure as the one with which the job was given up, at this attempt. */
    public FailedAttempt asGivenUp(Attempt givenUpAt) {
        return new FailedAttempt(givenUpAt, worker, error, step, true, failedAt);
    }
}
