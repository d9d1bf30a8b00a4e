package io.thetascope.gateway.projection;

import io.thetascope.contracts.event.RunFinished;
import io.thetascope.contracts.event.RunStarted;
import io.thetascope.contracts.identity.Attempt;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a run stands, and what facts make of that. Facts of different topics come in any order and more than once; the
 * attempts tell which is the later.
 *
 * @param state now
 * @param attempt the latest that was heard of; absent before the first
 * @param endedAt when the run ended last; absent while it never did
 * @param startWrittenAt when the perturbation service wrote the starting point of a retraining
 * @param reopenedAt when an ended run was last given another chance
 */
public record RunStanding(
        RunState state,
        @Nullable Attempt attempt,
        @Nullable Instant endedAt,
        @Nullable Instant startWrittenAt,
        @Nullable Instant reopenedAt) {
    /** A run of which nothing was heard. */
    public static final RunStanding WAITING = new RunStanding(RunState.WAITING, null, null, null, null);

    /** A worker took the run; late news of an attempt that is over changes nothing. */
    public RunStanding after(RunStarted started) {
        if (state.forGood() || isNotNews(started.attempt())) {
            return this;
        }
        return new RunStanding(RunState.RUNNING, started.attempt(), endedAt, startWrittenAt, reopenedAt);
    }

    /** The run ended. For good is for good; any other ending counts only when it is the latest. */
    public RunStanding after(RunFinished finished) {
        if (state.forGood() || (!finished.outcome().forGood() && isOutdated(finished))) {
            return this;
        }
        return new RunStanding(
                RunState.of(finished.outcome()), finished.attempt(), finished.finishedAt(), startWrittenAt, reopenedAt);
    }

    /** The starting point of a retraining is there, and its job follows. */
    public RunStanding afterStartWritten(Instant storedAt) {
        boolean skippedBefore = state == RunState.SKIPPED && endedAt != null && endedAt.isBefore(storedAt);
        RunState next = state == RunState.WAITING || skippedBefore ? RunState.QUEUED : state;
        return new RunStanding(next, attempt, endedAt, storedAt, reopenedAt);
    }

    /** Its job was queued by the gateway. */
    public RunStanding queued() {
        return state == RunState.WAITING
                ? new RunStanding(RunState.QUEUED, attempt, endedAt, startWrittenAt, reopenedAt)
                : this;
    }

    /** Gives a run that ended, but not for good, another chance. */
    public RunStanding reopened(Instant now) {
        return state.terminal() && !state.forGood()
                ? new RunStanding(RunState.WAITING, attempt, endedAt, startWrittenAt, now)
                : this;
    }

    /** Whether the run ended last later than this. */
    boolean endedAfter(Instant time) {
        return endedAt != null && endedAt.isAfter(time);
    }

    /** Nobody wants a run that was never queued. */
    public RunStanding abandoned(Instant now) {
        return state == RunState.WAITING
                ? new RunStanding(RunState.CANCELLED, attempt, now, startWrittenAt, reopenedAt)
                : this;
    }

    private boolean isNotNews(Attempt other) {
        return attempt != null && Attempts.ORDER.compare(other, attempt) <= 0;
    }

    private boolean isOutdated(RunFinished finished) {
        if (finished.attempt().equals(Attempt.START)) { // skipped, or given up before anyone tried
            return state == RunState.RUNNING
                    || before(finished.finishedAt(), reopenedAt)
                    || before(finished.finishedAt(), startWrittenAt);
        }
        if (attempt == null) {
            return false;
        }
        int order = Attempts.ORDER.compare(finished.attempt(), attempt);
        boolean endedAlready = order == 0 && state != RunState.RUNNING;
        return order < 0 || endedAlready;
    }

    private static boolean before(Instant time, @Nullable Instant other) {
        return other != null && time.isBefore(other);
    }
}
