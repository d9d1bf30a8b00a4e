package io.thetascope.gateway.metrics;

import static io.thetascope.gateway.testing.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.thetascope.contracts.event.StudyCancelled;
import io.thetascope.contracts.identity.Attempt;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.identity.StudyId;
import io.thetascope.contracts.run.RunOutcome;
import io.thetascope.gateway.database.Database;
import io.thetascope.gateway.outbox.Outbox;
import io.thetascope.gateway.projection.RunRows;
import io.thetascope.gateway.projection.RunStanding;
import io.thetascope.gateway.testing.Samples;
import io.thetascope.gateway.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReadModelTest {
    private static final List<RunId> RUNS =
            List.of(new RunId("r" + "0".repeat(20)), new RunId("r" + "1".repeat(20)), new RunId("r" + "2".repeat(20)));

    private final Database database = TestDatabase.create();
    private final Instant now =
            InstantSource.system().instant().truncatedTo(ChronoUnit.MICROS); // as the database keeps it

    @Test
    void anEmptyModelHasNothingAndNobodyWaits() {
        assertThat(ReadModel.of(database, now))
                .isEqualTo(new ReadModel(Map.of(), Map.of(), Map.of(), Duration.ZERO, 0, Duration.ZERO));
    }

    @Test
    void countsRunsAndSaysHowLongTheOldestIsQueued() {
        // Given
        database.run(session -> {
            RunRows runs = new RunRows(session);
            for (RunId run : RUNS) {
                runs.change(run, RunStanding::queued);
            }
            session.update("UPDATE run SET queued_at = ? WHERE run_id = ?", now.minusSeconds(600), RUNS.get(0));
            session.update("UPDATE run SET queued_at = ? WHERE run_id = ?", now.minusSeconds(60), RUNS.get(1));
            session.update("UPDATE run SET queued_at = ? WHERE run_id = ?", now.minusSeconds(6), RUNS.get(2));
        });
        // Then
        assertThat(ReadModel.of(database, now).runs()).isEqualTo(Map.of("queued", 3L));
        assertThat(ReadModel.of(database, now).oldestQueuedRun()).isEqualTo(Duration.ofMinutes(10));
        // When the oldest is taken, it waits no more
        database.run(session ->
                new RunRows(session).change(RUNS.get(0), s -> s.after(Samples.started(RUNS.get(0), Attempt.of(1, 1)))));
        assertThat(ReadModel.of(database, now).runs()).isEqualTo(Map.of("queued", 2L, "running", 1L));
        assertThat(ReadModel.of(database, now).oldestQueuedRun()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void aRunThatIsQueuedAgainWaitsFromThen() {
        database.run(session -> {
            RunRows runs = new RunRows(session);
            RunId run = RUNS.get(0);
            runs.change(run, RunStanding::queued);
            session.update("UPDATE run SET queued_at = ? WHERE run_id = ?", now.minusSeconds(600), run);
            runs.change(run, s -> s.after(Samples.ended(run, Attempt.of(1, 1), RunOutcome.CANCELLED, NOON)));
            runs.change(run, s -> s.reopened(NOON));
            runs.change(run, RunStanding::queued);
        });
        assertThat(ReadModel.of(database, now).oldestQueuedRun()).isLessThan(Duration.ofMinutes(5));
    }

    @Test
    void countsTheOutboxAndSaysHowLongItsOldestEventWaits() {
        database.run(session -> {
            Outbox outbox = new Outbox(session);
            outbox.add(new StudyCancelled(StudyId.ofCanonical("a"), 1));
            session.update("UPDATE outbox SET created_at = ?", now.minusSeconds(30));
            outbox.add(new StudyCancelled(StudyId.ofCanonical("b"), 1));
        });
        ReadModel model = ReadModel.of(database, now);
        assertThat(model.outbox()).isEqualTo(2);
        assertThat(model.oldestInOutbox()).isEqualTo(Duration.ofSeconds(30));
    }
}
