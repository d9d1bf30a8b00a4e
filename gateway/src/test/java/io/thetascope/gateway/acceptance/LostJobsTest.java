package io.thetascope.gateway.acceptance;

import static io.thetascope.gateway.testing.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.thetascope.artifacts.ArtifactKeys;
import io.thetascope.artifacts.JobOwner;
import io.thetascope.artifacts.JsonObjects;
import io.thetascope.artifacts.store.InMemoryObjectStore;
import io.thetascope.contracts.event.TrainJob;
import io.thetascope.contracts.identity.Attempt;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.study.AcceptedStudy;
import io.thetascope.gateway.database.Database;
import io.thetascope.gateway.outbox.OutboxDispatcher;
import io.thetascope.gateway.projection.FactPosition;
import io.thetascope.gateway.projection.FactProjection;
import io.thetascope.gateway.projection.StudyRows;
import io.thetascope.gateway.testing.PublishedFacts;
import io.thetascope.gateway.testing.Samples;
import io.thetascope.gateway.testing.TestDatabase;
import io.thetascope.messaging.trace.TraceParent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LostJobsTest {
    private static final AcceptedStudy STUDY = Samples.plan("preset: quick").study();
    private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    private static final RunId FIRST = STUDY.runs().get(0).runId();
    private static final RunId SECOND = STUDY.runs().get(1).runId();

    private final Database database = TestDatabase.create();
    private final InMemoryObjectStore store = new InMemoryObjectStore(() -> NOON);
    private final StudyFiles files = new StudyFiles(store);
    private final Queueing queueing = new Queueing(2, files, () -> NOON);
    private Instant now = NOON;
    private final LostJobs lost = new LostJobs(database, files, queueing, () -> now);

    @BeforeEach
    void twoRunsAreQueued() {
        TraceParent.context(TRACE)
                .wrap(() -> database.run(session -> {
                    new StudyRows(session).insert(STUDY, "", 1, NOON);
                    queueing.topUp(session, STUDY.studyId());
                }))
                .run();
        sent();
    }

    private List<RunId> sent() {
        PublishedFacts facts = new PublishedFacts();
        new OutboxDispatcher(database, facts).dispatch();
        return facts.of(TrainJob.class).stream().map(TrainJob::runId).toList();
    }

    @Test
    void jobsThatAreSentAgainGoOnInTheTraceOfTheirStudy() {
        now = now.plus(Duration.ofMinutes(10));
        lost.resend();
        now = now.plus(Duration.ofMinutes(10));
        assertThat(lost.resend()).isEqualTo(2);
        PublishedFacts facts = new PublishedFacts();
        new OutboxDispatcher(database, facts).dispatch();
        assertThat(facts.traceParents()).containsExactly(TRACE, TRACE);
    }

    private List<RunId> sentAfter(int minutes) {
        now = now.plus(Duration.ofMinutes(minutes));
        lost.resend();
        return sent();
    }

    private void own(RunId run, Instant renewedAt) {
        new JsonObjects(store)
                .write(ArtifactKeys.owner(ArtifactKeys.run(run)), new JobOwner(Attempt.of(0, 1), "worker", renewedAt));
    }

    @Test
    void jobsThatNobodyTakesAreSentAgainOnceInTenMinutes() {
        assertThat(sentAfter(0)).isEmpty();
        assertThat(sentAfter(9)).isEmpty();
        assertThat(sentAfter(1)).containsExactlyInAnyOrder(FIRST, SECOND);
        assertThat(sentAfter(1)).isEmpty();
    }

    @Test
    void aJobBehindOneThatIsWorkedOnJustWaits() {
        assertThat(sentAfter(0)).isEmpty();
        own(FIRST, NOON.plusSeconds(590));
        assertThat(sentAfter(10)).isEmpty();
    }

    @Test
    void aRunWhoseOwnerIsSilentGetsAnotherJob() {
        new FactProjection(database, files, queueing)
                .apply(Samples.started(FIRST, Attempt.of(0, 1)), new FactPosition("thetascope.runs.v1", 0, 0, NOON));
        own(FIRST, NOON);
        own(SECOND, NOON.plus(Duration.ofMinutes(11)));
        assertThat(sentAfter(0)).isEmpty();
        assertThat(sentAfter(12)).containsExactly(FIRST);
    }
}
