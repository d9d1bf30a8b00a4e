package io.thetascope.jobqueue;

import io.thetascope.artifacts.FailedAttempt;
import io.thetascope.artifacts.JobOwner;
import java.time.Instant;
import java.util.Optional;

/**
 * What a worker knows when a record was delivered to it; the rules are functions of this alone.
 *
 * @param me the record and its delivery
 * @param copyOf the offset of the record that mine replaces, or {@link Delivery#NO_OFFSET}
 * @param owner who is said to work on the job
 * @param failures on record
 * @param progress how far the job's stored work goes
 * @param now by this worker's clock
 */
record Situation(
        AttemptPlace me, long copyOf, Optional<JobOwner> owner, Failures failures, long progress, Instant now) {
    /** What to do with an owner object that somebody else wrote while I work. */
    enum Claim {
        MINE,
        DUPLICATE,
        LOST
    }

    /** Decides what to do, once {@link #vanished} is on record. */
    Decision decide(Limits limits) {
        if (failures.gaveUpSince(me.offset())) {
            return new Decision.GivenUpBefore();
        }
        Optional<JobOwner> other = owner.filter(o -> isOther(o) && o.isLive(now, limits.lock()));
        if (other.isPresent()) {
            return new Decision.Duplicate(
                    other.get().attempt() + " of " + other.get().worker());
        }
        int count = failures.withoutProgress(progress);
        Optional<FailedAttempt> last = failures.latest();
        if (count >= limits.failures() && last.isPresent()) {
            return new Decision.GiveUp(last.get(), count);
        }
        return me.delivery() >= limits.deliveries() ? new Decision.HandOver() : new Decision.Work();
    }

    /**
     * Finds the owner that left without a word: it is no longer live, or its record was delivered again. A job that
     * kills its process never gets to say so; this is how it is counted.
     */
    Optional<JobOwner> vanished(Limits limits) {
        return owner.filter(o -> !(isOther(o) && o.isLive(now, limits.lock())))
                .filter(o -> !AttemptPlace.of(o.attempt()).equals(me))
                .filter(o -> !failures.contains(AttemptPlace.of(o.attempt())));
    }

    /** Judges the owner object at a renewal: on a tie of two records the lower offset stays. */
    Claim atRenewal(Limits limits) {
        AttemptPlace there = owner.filter(o -> o.isLive(now, limits.lock()))
                .map(o -> AttemptPlace.of(o.attempt()))
                .orElse(me);
        if (there.offset() == me.offset()) {
            return there.delivery() > me.delivery() ? Claim.LOST : Claim.MINE;
        }
        return there.offset() < me.offset() && there.offset() != copyOf ? Claim.DUPLICATE : Claim.MINE;
    }

    private boolean isOther(JobOwner owner) {
        long offset = AttemptPlace.of(owner.attempt()).offset();
        return offset != me.offset() && offset != copyOf;
    }
}
