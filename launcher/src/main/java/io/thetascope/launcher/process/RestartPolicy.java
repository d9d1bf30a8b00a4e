package io.thetascope.launcher.process;

import java.time.Duration;

/**
 * When a dead child is started again, and when no longer.
 *
 * @param firstWait before the first restart; doubles with each quick death in a row
 * @param longestWait where the doubling ends
 * @param longLife a child that lived at least this long did not die quickly: its count starts anew
 * @param mostQuickDeaths more than so many quick deaths in a row end everything
 */
public record RestartPolicy(Duration firstWait, Duration longestWait, Duration longLife, int mostQuickDeaths) {
    /**
     * For services: 1 s, 2 s, 4 s … 16 s; five quick deaths. Who lived for 20 s got through its start: a trainer that dies later
     * goes on from its last resume point, and a job that kills it without progress is given up by the queue.
     */
    public static final RestartPolicy SERVICES =
            new RestartPolicy(Duration.ofSeconds(1), Duration.ofSeconds(16), Duration.ofSeconds(20), 5);

    public RestartPolicy {
        if (firstWait.isNegative() || longestWait.compareTo(firstWait) < 0) {
            throw new IllegalArgumentException("waits must grow: " + firstWait + " to " + longestWait);
        }
        if (mostQuickDeaths < 0) {
            throw new IllegalArgumentException("mostQuickDeaths must be >= 0: " + mostQuickDeaths);
        }
    }

    boolean quick(Duration life) {
        return life.compareTo(longLife) < 0;
    }

    boolean givesUpAfter(int quickDeaths) {
        return quickDeaths > mostQuickDeaths;
    }

    Duration waitAfter(int quickDeaths) {
        int doublings = Math.min(Math.max(quickDeaths - 1, 0), 20);
        Duration wait = firstWait.multipliedBy(1L << doublings);
        return wait.compareTo(longestWait) > 0 ? longestWait : wait;
    }
}
