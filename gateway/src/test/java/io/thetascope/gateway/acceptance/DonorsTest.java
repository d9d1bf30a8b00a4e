package io.thetascope.gateway.acceptance;

import static io.thetascope.gateway.testing.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.thetascope.artifacts.ArtifactKeys;
import io.thetascope.artifacts.JobOwner;
import io.thetascope.artifacts.JsonObjects;
import io.thetascope.artifacts.store.InMemoryObjectStore;
import io.thetascope.contracts.event.Event;
import io.thetascope.contracts.event.RunFinished;
import io.thetascope.contracts.event.StudyCompleted;
import io.thetascope.contracts.event.TrainJob;
import io.thetascope.contracts.identity.Attempt;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.run.Environment;
import io.thetascope.contracts.run.RunOutcome;
import io.thetascope.contracts.run.RunResult;
import io.thetascope.contracts.study.AcceptedStudy;
import io.thetascope.contracts.study.PlannedRun;
import io.thetascope.gateway.database.Database;
import io.thetascope.gateway.outbox.OutboxDispatcher;
import io.thetascope.gateway.planning.PretrainedSource;
import io.thetascope.gateway.projection.ComputedParts;
import io.thetascope.gateway.projection.FactPosition;
import io.thetascope.gateway.projection.FactProjection;
import io.thetascope.gateway.projection.StudyRows;
import io.thetascope.gateway.reading.RunReading;
import io.thetascope.gateway.reading.StudyReading;
import io.thetascope.gateway.testing.PublishedFacts;
import io.thetascope.gateway.testing.Samples;
import io.thetascope.gateway.testing.TestDatabase;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DonorsTest {
    private static final AcceptedStudy STUDY = Samples.plan("{networks: [lenet], datasets: [cifar10],"
                    + " initializations: [pretrained], optimizers: [sgd, adam], comparisons: none}")
            .acceptable();
    private static final RunId DONOR = STUDY.runs().get(0).runId();
    private static final RunId OTHER_DONOR = STUDY.runs().get(1).runId();
    private static final RunId RECIPIENT = recipientOf(DONOR);
    private static final Attempt FIRST = Attempt.of(0, 1);

    private final Database database = TestDatabase.create();
    private final InMemoryObjectStore store = new InMemoryObjectStore(() -> NOON);
    private final StudyFiles files = new StudyFiles(store);
    private final PublishedFacts facts = new PublishedFacts();
    private Instant now = NOON;
    private final Queueing queueing = new Queueing(64, files, () -> now);
    private final StudyCancellation cancellation = new StudyCancellation(database, files, new StudyLock(), () -> now);

    private static RunId recipientOf(RunId donor) {
        return STUDY.runs().stream()
                .filter(run -> donor.equals(run.spec().initialization().donor()))
                .map(PlannedRun::runId)
                .findFirst()
                .orElseThrow();
    }

    private void accept(AcceptedStudy study) {
        List<RunId> unknown = database.call(session -> KnownResults.unknown(session, study));
        List<RunResult> results = new KnownResults(files).read(unknown);
        database.run(session -> {
            StudyRows studies = new StudyRows(session);
            if (studies.find(study.studyId()).isPresent()) {
                studies.reopen(study.studyId(), 2, now);
            } else {
                studies.insert(study, "", 1, now);
            }
            studies.wantAgain(study.studyId(), now);
            for (RunResult result : results) {
                KnownResults.apply(session, result, now);
            }
            queueing.topUp(session, study.studyId());
        });
        publish();
    }

    private void ended(RunId run, int delivery, RunOutcome outcome) {
        apply(Samples.ended(run, Attempt.of(0, delivery), outcome, now));
    }

    private void apply(Event event) {
        new FactProjection(database, files, queueing)
                .apply(event, new FactPosition(event.topic().topicName(), 0, 0, now));
        publish();
    }

    private void publish() {
        new OutboxDispatcher(database, facts).dispatch();
    }

    private void result(RunId run, Attempt attempt, RunOutcome outcome, @Nullable String reason) {
        new JsonObjects(store)
                .write(
                        ArtifactKeys.result(run),
                        new RunResult(run, attempt, outcome, reason, List.of(), List.of(), Samples.ENVIRONMENT));
    }

    private List<RunId> queued() {
        return facts.of(TrainJob.class).stream().map(TrainJob::runId).toList();
    }

    private String state(RunId run) {
        return database.call(
                session -> session.first("SELECT state FROM run WHERE run_id = ?", row -> row.text("state"), run)
                        .orElseThrow());
    }

    @Test
    void aRecipientIsQueuedWhenItsDonorFinished() {
        accept(STUDY);
        assertThat(queued()).containsExactly(DONOR, OTHER_DONOR);
        assertThat(state(RECIPIENT)).isEqualTo("waiting");

        apply(Samples.started(DONOR, FIRST));
        assertThat(state(RECIPIENT)).isEqualTo("waiting");
        ended(DONOR, 1, RunOutcome.FINISHED);
        assertThat(queued()).containsExactly(DONOR, OTHER_DONOR, RECIPIENT);
        assertThat(state(recipientOf(OTHER_DONOR))).isEqualTo("waiting");
    }

    @Test
    void donorsCountTowardsWhatIsQueuedAtOnce() {
        database.run(session -> {
            new StudyRows(session).insert(STUDY, "", 1, NOON);
            new Queueing(1, files, () -> NOON).topUp(session, STUDY.studyId());
        });
        publish();
        assertThat(queued()).containsExactly(DONOR);
    }

    @ParameterizedTest
    @EnumSource(names = {"DIVERGED", "FAILED", "SKIPPED"})
    void aRecipientIsSkippedWhenItsDonorCannotGiveItsWeights(RunOutcome outcome) {
        accept(STUDY);
        ended(DONOR, 1, outcome);

        assertThat(state(RECIPIENT)).isEqualTo("skipped");
        assertThat(facts.of(RunFinished.class)).singleElement().satisfies(skipped -> {
            assertThat(skipped.runId()).isEqualTo(RECIPIENT);
            assertThat(skipped.outcome()).isEqualTo(RunOutcome.SKIPPED);
            assertThat(skipped.attempt()).isEqualTo(Attempt.START);
            assertThat(skipped.reason())
                    .startsWith("donor " + DONOR + " ")
                    .endsWith(": reason")
                    .contains(
                            outcome == RunOutcome.SKIPPED
                                    ? "was skipped"
                                    : outcome.name().toLowerCase(Locale.ROOT));
        });
        assertThat(queued()).doesNotContain(RECIPIENT);

        apply(facts.of(RunFinished.class).get(0)); // the gateway hears itself
        assertThat(facts.of(RunFinished.class)).hasSize(1);
        assertThat(state(RECIPIENT)).isEqualTo("skipped");
    }

    @Test
    void aStudyWhoseDonorsDivergedEnds() {
        accept(STUDY);
        database.run(session -> session.update("UPDATE analysis SET outcome = 'refused'"));
        ended(DONOR, 1, RunOutcome.DIVERGED);
        assertThat(facts.of(StudyCompleted.class)).isEmpty();
        ended(OTHER_DONOR, 1, RunOutcome.DIVERGED);
        assertThat(facts.of(StudyCompleted.class))
                .singleElement()
                .extracting(StudyCompleted::runs)
                .isEqualTo(Map.of("diverged", 2, "skipped", 2));
    }

    @Test
    void aStudyWhoseRecipientsAreSkippedByHousekeepingEndsToo() {
        accept(STUDY);
        database.run(session -> {
            session.update("UPDATE analysis SET outcome = 'refused'");
            session.update("UPDATE run SET state = 'diverged' WHERE state = 'queued'"); // as in a restored database
            queueing.topUp(session, STUDY.studyId());
        });
        publish();
        facts.of(RunFinished.class).forEach(this::apply);
        assertThat(facts.of(StudyCompleted.class)).hasSize(1);
    }

    @Test
    void aSkippedRecipientStartsWhenItsDonorFinishesAfterAll() {
        accept(STUDY);
        database.run(session -> session.update("UPDATE analysis SET outcome = 'refused'"));
        ended(DONOR, 1, RunOutcome.FAILED);
        ended(OTHER_DONOR, 1, RunOutcome.FAILED);
        assertThat(facts.of(StudyCompleted.class)).hasSize(1);
        RunFinished skipped = facts.of(RunFinished.class).get(0);

        now = now.plusSeconds(60);
        ended(DONOR, 2, RunOutcome.FINISHED);
        assertThat(state(RECIPIENT)).isEqualTo("queued");
        assertThat(queued()).contains(RECIPIENT);
        assertThat(new StudyReading(database, () -> now)
                        .find(STUDY.studyId())
                        .orElseThrow()
                        .state()
                        .toString())
                .isEqualTo("running");

        apply(skipped); // heard late
        assertThat(state(RECIPIENT)).isEqualTo("queued");
    }

    @Test
    void aCancelledDonorThatIsStillWantedKeepsItsRecipientWaiting() {
        accept(STUDY);
        ended(DONOR, 1, RunOutcome.CANCELLED);
        assertThat(state(RECIPIENT)).isEqualTo("waiting");
        assertThat(state(DONOR)).isEqualTo("queued");
        assertThat(queued()).containsExactly(DONOR, OTHER_DONOR, DONOR);
    }

    @Test
    void aReopenedStudyGoesOnWithItsDonors() {
        accept(STUDY);
        cancellation.cancel(STUDY.studyId());
        publish();
        assertThat(state(RECIPIENT)).isEqualTo("cancelled");
        ended(DONOR, 1, RunOutcome.CANCELLED);
        ended(OTHER_DONOR, 1, RunOutcome.FINISHED);
        assertThat(queued()).containsExactly(DONOR, OTHER_DONOR);

        now = now.plusSeconds(60);
        accept(STUDY);
        assertThat(queued()).containsExactly(DONOR, OTHER_DONOR, DONOR, recipientOf(OTHER_DONOR));
        assertThat(state(RECIPIENT)).isEqualTo("waiting");
    }

    @Test
    void aDonorThatFinishedLongAgoInAnotherStudyIsNotWaitedFor() {
        PlannedRun donor = Samples.plan("{networks: [lenet], datasets: [mnist], seeds: [5]}")
                .acceptable()
                .runs()
                .get(0);
        result(donor.runId(), FIRST, RunOutcome.FINISHED, null);
        AcceptedStudy study = Samples.plan(
                        "{networks: [lenet], datasets: [mnist], initializations: [pretrained], pretrained: [{network:"
                                + " lenet, from: \"run:" + donor.runId() + "\"}]}",
                        List.of(new PretrainedSource.FinishedRun(donor.spec())),
                        Map.of())
                .acceptable();
        assertThat(study.runs()).hasSize(1);

        accept(study);
        assertThat(queued()).containsExactly(study.runs().get(0).runId());
    }

    @Test
    void aDonorThatDivergedLongAgoIsNotTrainedAgainAndItsRecipientIsSkippedAtOnce() {
        result(DONOR, FIRST, RunOutcome.DIVERGED, "loss is not finite");
        accept(STUDY);
        assertThat(queued()).containsExactly(OTHER_DONOR);
        assertThat(facts.of(RunFinished.class))
                .extracting(RunFinished::reason)
                .containsExactly("donor " + DONOR + " diverged: loss is not finite");
    }

    @Test
    void aResultFromTheStoreBringsWhereItsEarlierPartsWereComputed() {
        Environment gpu = new Environment("2.7.1", "AVX2", 1, "cuda:0", "0.35.1", "17.0.15", "Linux amd64");
        new JsonObjects(store)
                .write(
                        ArtifactKeys.result(DONOR),
                        new RunResult(
                                DONOR,
                                FIRST,
                                RunOutcome.FINISHED,
                                null,
                                List.of(),
                                List.of(),
                                Samples.ENVIRONMENT,
                                List.of(gpu)));
        accept(STUDY);
        ComputedParts parts = ComputedParts.read(database.call(session -> session.first(
                        "SELECT computed_parts FROM run WHERE run_id = ?", row -> row.text("computed_parts"), DONOR)
                .orElseThrow()));
        assertThat(parts.earlier()).containsExactly(gpu);
        assertThat(new RunReading(database).find(DONOR).orElseThrow().resumedElsewhere())
                .isTrue();
    }

    @Test
    void aRebuildDoesNotSkipTheRecipientOfADonorThatFinishedLater() {
        // Given a donor that failed first and finished since; the rebuild has come to the failure
        accept(STUDY);
        result(DONOR, Attempt.of(0, 2), RunOutcome.FINISHED, null);
        ended(DONOR, 1, RunOutcome.FAILED);

        // Then nothing is announced, and the recipient is not held up
        assertThat(facts.of(RunFinished.class)).isEmpty();
        assertThat(state(DONOR)).isEqualTo("finished");
        assertThat(state(RECIPIENT)).isEqualTo("queued");

        // And the facts that the rebuild comes to later change nothing
        ended(DONOR, 2, RunOutcome.FINISHED);
        assertThat(queued()).containsExactly(DONOR, OTHER_DONOR, RECIPIENT);
    }

    @Test
    void aRebuildDoesNotSkipARecipientThatEndedLater() {
        accept(STUDY);
        result(RECIPIENT, FIRST, RunOutcome.DIVERGED, "loss is not finite");
        ended(DONOR, 1, RunOutcome.FAILED);

        assertThat(facts.of(RunFinished.class)).isEmpty();
        assertThat(state(RECIPIENT)).isEqualTo("diverged");
    }

    @Test
    void aRebuildDoesNotSkipARecipientThatIsBeingTrained() {
        accept(STUDY);
        String owner = ArtifactKeys.owner(ArtifactKeys.run(RECIPIENT));
        new JsonObjects(store).write(owner, new JobOwner(FIRST, "worker", now));
        ended(DONOR, 1, RunOutcome.FAILED);
        assertThat(facts.of(RunFinished.class)).isEmpty();
        assertThat(state(RECIPIENT)).isEqualTo("waiting");

        // When its owner says nothing any more
        now = now.plus(LostJobs.SILENCE);
        database.run(session -> queueing.topUp(session, STUDY.studyId()));
        publish();
        assertThat(state(RECIPIENT)).isEqualTo("skipped");
        assertThat(facts.of(RunFinished.class)).hasSize(1);
    }
}
