package io.thetascope.gateway.projection;

import static io.thetascope.gateway.testing.Samples.NOON;
import static io.thetascope.gateway.testing.Samples.ended;
import static io.thetascope.gateway.testing.Samples.started;
import static org.assertj.core.api.Assertions.assertThat;

import io.thetascope.contracts.identity.Attempt;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.run.RunOutcome;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RunStandingTest {
    private static final RunId RUN = new RunId("r0123456789abcdef0123");
    private static final Attempt FIRST = Attempt.of(3, 1);
    private static final Attempt SECOND = Attempt.of(3, 2);
    private static final Instant LATER = NOON.plusSeconds(60);

    @Test
    void aFinishedRunStaysFinishedWhateverComesLater() {
        RunStanding finished = RunStanding.WAITING.after(ended(RUN, FIRST, RunOutcome.FINISHED, NOON));
        assertThat(finished.after(started(RUN, SECOND)).state()).isEqualTo(RunState.FINISHED);
        assertThat(finished.after(ended(RUN, SECOND, RunOutcome.FAILED, LATER)).state())
                .isEqualTo(RunState.FINISHED);
        assertThat(finished.reopened(LATER).state()).isEqualTo(RunState.FINISHED);
    }

    @Test
    void aFailedRunRunsAgainByALaterAttemptOnly() {
        RunStanding failed =
                RunStanding.WAITING.after(started(RUN, FIRST)).after(ended(RUN, FIRST, RunOutcome.FAILED, NOON));
        assertThat(failed.after(started(RUN, FIRST)).state()).isEqualTo(RunState.FAILED);
        assertThat(failed.after(started(RUN, SECOND)).state()).isEqualTo(RunState.RUNNING);
    }

    @Test
    void newsOfAnEarlierAttemptDoesNotEndALaterOne() {
        RunStanding running = RunStanding.WAITING.after(started(RUN, SECOND));
        assertThat(running.after(ended(RUN, FIRST, RunOutcome.CANCELLED, NOON)).state())
                .isEqualTo(RunState.RUNNING);
    }

    @Test
    void aSkippedChildIsQueuedWhenItsStartIsWrittenAfterAll() {
        RunStanding skipped = RunStanding.WAITING.after(ended(RUN, Attempt.START, RunOutcome.SKIPPED, NOON));
        assertThat(skipped.state()).isEqualTo(RunState.SKIPPED);
        assertThat(skipped.afterStartWritten(LATER).state()).isEqualTo(RunState.QUEUED);
    }

    @Test
    void anOlderSkippingReadLateIsPassedOver() {
        RunStanding queued = RunStanding.WAITING.afterStartWritten(LATER);
        assertThat(queued.after(ended(RUN, Attempt.START, RunOutcome.SKIPPED, NOON))
                        .state())
                .isEqualTo(RunState.QUEUED);
    }

    @Test
    void aReopenedRunWaitsAndIsNotEndedByOldNewsReadAgain() {
        RunStanding cancelled =
                RunStanding.WAITING.after(started(RUN, FIRST)).after(ended(RUN, FIRST, RunOutcome.CANCELLED, NOON));
        RunStanding reopened = cancelled.reopened(LATER);
        assertThat(reopened.state()).isEqualTo(RunState.WAITING);
        assertThat(reopened.after(ended(RUN, FIRST, RunOutcome.CANCELLED, NOON)).state())
                .isEqualTo(RunState.WAITING);
    }
}
