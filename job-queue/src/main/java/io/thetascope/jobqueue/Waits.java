package io.thetascope.jobqueue;

import java.time.Duration;

/**
 * Waits that double from failure to failure.
 *
 * @param first after one failure
 * @param longest that is ever waited
 */
public record Waits(Duration first, Duration longest) {
    private static final int MOST_DOUBLINGS = 20;

    public Waits {
        if (first.isNegative() || first.isZero() || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException("waits must grow from above zero: " + first + " to " + longest);
        }
    }

    /** Returns the wait after so many failures in a row, from 1. */
    public Duration after(int failures) {
        Duration wait = first.multipliedBy(1L << Math.min(Math.max(failures, 1) - 1, MOST_DOUBLINGS));
        return wait.compareTo(longest) < 0 ? wait : longest;
    }
}
