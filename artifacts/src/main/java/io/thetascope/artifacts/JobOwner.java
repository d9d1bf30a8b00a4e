package io.thetascope.artifacts;

import io.thetascope.contracts.identity.Attempt;
import java.time.Duration;
import java.time.Instant;

/**
 * Who works on a job ({@code owner.json}); rewritten at every renewal of the job's lock and removed when the work ends.
 *
 * @param attempt that works on it
 * @param worker the name of its process
 * @param renewedAt when it last said so, by its own clock
 */
public record JobOwner(Attempt attempt, String worker, Instant renewedAt) {
    /** Whether the owner is to be believed: it renewed less than one lock duration ago. */
    public boolean isLive(Instant now, Duration lock) {
        return now.isBefore(renewedAt.plus(lock));
    }
}
