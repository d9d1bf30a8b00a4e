package io.thetascope.jobqueue;

import static org.assertj.core.api.Assertions.assertThat;

import io.thetascope.artifacts.FailedAttempt;
import io.thetascope.artifacts.JobOwner;
import io.thetascope.contracts.identity.Attempt;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SituationTest {
    private static final Limits LIMITS = Limits.DEFAULTS;
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final AttemptPlace ME = new AttemptPlace(7, 2);

    @Test
    void worksWhenNobodyElseDoes() {
        assertThat(at(ME, Optional.empty()).decide(LIMITS)).isInstanceOf(Decision.Work.class);
    }

    @Test
    void leavesTheJobToALiveOwnerOfAnotherRecord() {
        assertThat(at(ME, owner(9, 1, 29)).decide(LIMITS)).isInstanceOf(Decision.Duplicate.class);
        assertThat(at(ME, owner(3, 1, 29)).decide(LIMITS)).isInstanceOf(Decision.Duplicate.class);
    }

    @Test
    void takesOverFromASilentOwnerAndFromAnEarlierDeliveryOfItsOwnRecord() {
        assertThat(at(ME, owner(9, 1, 30)).decide(LIMITS)).isInstanceOf(Decision.Work.class);
        assertThat(at(ME, owner(7, 1, 1)).decide(LIMITS)).isInstanceOf(Decision.Work.class);
    }

    @Test
    void aCopyTakesOverFromTheRecordThatItReplaces() {
        Situation copy = new Situation(new AttemptPlace(9, 1), 7, owner(7, 4, 1), none(), 0, NOW);

        assertThat(copy.decide(LIMITS)).isInstanceOf(Decision.Work.class);
        assertThat(copy.atRenewal(LIMITS)).isEqualTo(Situation.Claim.MINE);
    }

    @Test
    void countsAnOwnerThatVanishedOnceAndNoOther() {
        assertThat(at(ME, owner(7, 1, 1)).vanished(LIMITS)).isPresent();
        assertThat(at(ME, owner(3, 1, 31)).vanished(LIMITS)).isPresent();
        assertThat(at(ME, owner(3, 1, 1)).vanished(LIMITS)).isEmpty(); // alive
        assertThat(at(ME, owner(7, 2, 1)).vanished(LIMITS)).isEmpty(); // myself
        Situation known = new Situation(ME, -1, owner(7, 1, 1), new Failures(failed(1, 7, 0)), 0, NOW);
        assertThat(known.vanished(LIMITS)).isEmpty(); // said so before it went
    }

    @Test
    void handsOverAtTheLastDelivery() {
        assertThat(at(new AttemptPlace(7, 4), Optional.empty()).decide(LIMITS)).isInstanceOf(Decision.Work.class);
        assertThat(at(new AttemptPlace(7, 5), Optional.empty()).decide(LIMITS)).isInstanceOf(Decision.HandOver.class);
        assertThat(at(new AttemptPlace(7, 5), owner(9, 1, 1)).decide(LIMITS)).isInstanceOf(Decision.Duplicate.class);
    }

    @Test
    void givesUpAfterFiveFailuresWithoutProgress() {
        assertThat(withFailures(failed(4, 7, 0), 0)).isInstanceOf(Decision.Work.class);
        assertThat(withFailures(failed(5, 7, 0), 0)).isInstanceOf(Decision.GiveUp.class);
        assertThat(withFailures(failed(5, 7, 100), 100)).isInstanceOf(Decision.GiveUp.class);
        assertThat(withFailures(failed(5, 7, 100), 101)).isInstanceOf(Decision.Work.class);
    }

    @Test
    void whatIsSentAfterGivingUpCountsFromZero() {
        List<FailedAttempt> failures = new ArrayList<>(failed(5, 7, 0));
        failures.set(4, failures.get(4).asGivenUp(Attempt.of(7, 5)));

        assertThat(new Failures(failures).withoutProgress(0)).isZero();
        assertThat(withFailures(failures, 0)).isInstanceOf(Decision.GivenUpBefore.class); // the same record again
        assertThat(new Situation(new AttemptPlace(8, 1), -1, Optional.empty(), new Failures(failures), 0, NOW)
                        .decide(LIMITS))
                .isInstanceOf(Decision.Work.class);
    }

    @Test
    void onATieTheLowerOffsetStays() {
        assertThat(at(ME, owner(9, 1, 1)).atRenewal(LIMITS)).isEqualTo(Situation.Claim.MINE);
        assertThat(at(ME, owner(3, 1, 1)).atRenewal(LIMITS)).isEqualTo(Situation.Claim.DUPLICATE);
        assertThat(at(ME, owner(3, 1, 31)).atRenewal(LIMITS)).isEqualTo(Situation.Claim.MINE);
        assertThat(at(ME, owner(7, 3, 1)).atRenewal(LIMITS)).isEqualTo(Situation.Claim.LOST);
        assertThat(at(ME, owner(7, 2, 10)).atRenewal(LIMITS)).isEqualTo(Situation.Claim.MINE);
        assertThat(at(ME, Optional.empty()).atRenewal(LIMITS)).isEqualTo(Situation.Claim.MINE);
    }

    @Test
    void ofTwoRecordsThatBeganAtOnceExactlyOneStays() {
        for (long low = 0; low < 4; low++) {
            for (long high = low + 1; high < 5; high++) {
                Situation lower = at(new AttemptPlace(low, 1), owner(high, 1, 1));
                Situation higher = at(new AttemptPlace(high, 1), owner(low, 1, 1));
                assertThat(lower.atRenewal(LIMITS)).isEqualTo(Situation.Claim.MINE);
                assertThat(higher.atRenewal(LIMITS)).isEqualTo(Situation.Claim.DUPLICATE);
            }
        }
    }

    @Test
    void waitsDoubleUpToTheLongest() {
        Waits waits = new Waits(Duration.ofSeconds(1), Duration.ofSeconds(10));

        assertThat(List.of(waits.after(1), waits.after(2), waits.after(4), waits.after(5), waits.after(99)))
                .extracting(Duration::toSeconds)
                .containsExactly(1L, 2L, 8L, 10L, 10L);
    }

    private static Decision withFailures(List<FailedAttempt> failures, long progress) {
        return new Situation(ME, -1, Optional.empty(), new Failures(failures), progress, NOW).decide(LIMITS);
    }

    private static Situation at(AttemptPlace me, Optional<JobOwner> owner) {
        return new Situation(me, -1, owner, none(), 0, NOW);
    }

    private static Optional<JobOwner> owner(long offset, int delivery, int secondsAgo) {
        return Optional.of(new JobOwner(Attempt.of(offset, delivery), "w", NOW.minusSeconds(secondsAgo)));
    }

    private static List<FailedAttempt> failed(int times, long offset, long step) {
        List<FailedAttempt> failures = new ArrayList<>();
        for (int i = 1; i <= times; i++) {
            failures.add(new FailedAttempt(Attempt.of(offset, i), "w", "error " + i, step, false, NOW.plusSeconds(i)));
        }
        return failures;
    }

    private static Failures none() {
        return new Failures(List.of());
    }
}
