package io.thetascope.gateway.acceptance;

import static io.thetascope.gateway.testing.Samples.NOON;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thetascope.artifacts.ArtifactKeys;
import io.thetascope.artifacts.JsonObjects;
import io.thetascope.artifacts.store.InMemoryObjectStore;
import io.thetascope.contracts.analysis.AnalysisOutcome;
import io.thetascope.contracts.analysis.AnalysisRequest;
import io.thetascope.contracts.event.AnalysisCompleted;
import io.thetascope.contracts.event.Event;
import io.thetascope.contracts.event.RunControl;
import io.thetascope.contracts.event.StudyAccepted;
import io.thetascope.contracts.event.StudyCancelled;
import io.thetascope.contracts.event.TrainJob;
import io.thetascope.contracts.identity.Attempt;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.identity.StudyId;
import io.thetascope.contracts.run.RunOutcome;
import io.thetascope.contracts.run.RunResult;
import io.thetascope.contracts.study.AcceptedStudy;
import io.thetascope.gateway.database.Database;
import io.thetascope.gateway.dataset.DatasetPlaces;
import io.thetascope.gateway.dataset.Datasets;
import io.thetascope.gateway.outbox.OutboxDispatcher;
import io.thetascope.gateway.planning.PlannedStudy;
import io.thetascope.gateway.projection.FactPosition;
import io.thetascope.gateway.projection.FactProjection;
import io.thetascope.gateway.projection.StudyState;
import io.thetascope.gateway.reading.StudyReading;
import io.thetascope.gateway.reading.StudyView;
import io.thetascope.gateway.request.Presets;
import io.thetascope.gateway.request.StudyDocument;
import io.thetascope.gateway.testing.PublishedFacts;
import io.thetascope.gateway.testing.Samples;
import io.thetascope.gateway.testing.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StudyAcceptanceTest {
    private static final StudyId OTHER = new StudyId("s" + "0".repeat(20));

    @TempDir
    Path cache;

    private final Database database = TestDatabase.create();
    private final InMemoryObjectStore store = new InMemoryObjectStore(() -> NOON);
    private final PublishedFacts facts = new PublishedFacts();
    private final StudyFiles files = new StudyFiles(store);
    private final Queueing queueing = new Queueing(3, files, () -> NOON);
    private final StudyLock lock = new StudyLock();
    private final StudyCancellation cancellation = new StudyCancellation(database, files, lock, () -> NOON);
    private Datasets datasets = new Datasets(DatasetPlaces.of(Optional.empty(), Path.of(""), false));

    @BeforeEach
    void useTheBundledSample() {
        datasets = new Datasets(new DatasetPlaces(Optional.empty(), Optional.empty(), cache, false, true));
    }

    private AcceptedStudy plan(String yaml) {
        PlannedStudy plan =
                new StudyPlanning(new Presets(), datasets, files).plan(StudyDocument.yaml(yaml.getBytes(UTF_8)));
        return plan.acceptable();
    }

    private StudyAcceptance.Answer accept(AcceptedStudy study) {
        StudyAcceptance.Answer answer =
                new StudyAcceptance(database, store, datasets, queueing, lock, () -> NOON).accept(study);
        new OutboxDispatcher(database, facts).dispatch();
        return answer;
    }

    private StudyView view(AcceptedStudy study) {
        return new StudyReading(database, () -> NOON).find(study.studyId()).orElseThrow();
    }

    private void apply(Event event) {
        new FactProjection(database, files, queueing)
                .apply(event, new FactPosition(event.topic().topicName(), 0, 0, NOON));
        new OutboxDispatcher(database, facts).dispatch();
    }

    @Test
    void writesFilesThenQueuesAsManyBaseRunsAsThereIsRoomFor() {
        AcceptedStudy study = plan("preset: quick");
        assertThat(accept(study)).isEqualTo(StudyAcceptance.Answer.ACCEPTED);

        assertThat(store.list("runs/"))
                .filteredOn(k -> k.endsWith("/spec.json"))
                .hasSize(20);
        assertThat(store.list("runs/"))
                .filteredOn(k -> k.contains("/wanted-by/" + study.studyId()))
                .hasSize(20);
        assertThat(store.list("datasets/")).hasSize(1);
        assertThat(files.read(study.studyId())).contains(study);
        assertThat(facts.of(StudyAccepted.class)).hasSize(1);
        assertThat(facts.of(RunControl.class)).hasSize(20).allMatch(RunControl::wanted);
        assertThat(facts.of(TrainJob.class)).hasSize(3);
        assertThat(view(study).runs()).containsEntry("queued", 3L).containsEntry("waiting", 17L);
    }

    @Test
    void theNextBaseRunIsQueuedWhenOneEnds() {
        AcceptedStudy study = plan("preset: quick");
        accept(study);
        RunId first = facts.of(TrainJob.class).get(0).runId();
        apply(Samples.ended(first, Attempt.of(0, 1), RunOutcome.FINISHED, NOON));
        assertThat(facts.of(TrainJob.class)).hasSize(4);
    }

    @Test
    void theSameStudyAgainChangesNothing() {
        AcceptedStudy study = plan("preset: quick");
        accept(study);
        int before = facts.events().size();
        assertThat(accept(plan("{preset: quick, name: other}"))).isEqualTo(StudyAcceptance.Answer.KNOWN);
        assertThat(facts.events()).hasSize(before);
    }

    @Test
    void anotherStudyThatSharesItsRunsTrainsNothingTwice() {
        accept(plan("{preset: quick, perturbations: [], optimizers: [sgd]}"));
        assertThat(facts.of(TrainJob.class)).hasSize(2);
        accept(plan("{preset: quick, optimizers: [sgd]}"));
        assertThat(facts.of(TrainJob.class)).hasSize(2);
    }

    @Test
    void anotherStudyThatSharesAFailedRunTrainsItAgain() {
        AcceptedStudy small = plan("{preset: quick, perturbations: [], optimizers: [sgd]}");
        accept(small);
        RunId failed = small.runs().get(0).runId();
        apply(Samples.ended(failed, Attempt.of(0, 1), RunOutcome.FAILED, NOON.minusSeconds(1)));
        AnalysisRequest refused = small.analyses().get(0);
        apply(new AnalysisCompleted(
                refused.id(),
                Attempt.of(0, 1),
                refused,
                AnalysisOutcome.REFUSED,
                "no checkpoint",
                List.of(),
                null,
                null,
                NOON));

        AcceptedStudy large = plan("{preset: quick, optimizers: [sgd]}");
        accept(large);
        assertThat(facts.of(TrainJob.class))
                .filteredOn(j -> j.runId().equals(failed))
                .hasSize(2);
        assertThat(view(large).runs()).containsEntry("failed", 0L);
        assertThat(outcome(refused)).isEqualTo("planned");
    }

    private String outcome(AnalysisRequest analysis) {
        return database.call(session -> session.first(
                        "SELECT outcome FROM analysis WHERE analysis_id = ?", row -> row.text("outcome"), analysis.id())
                .orElseThrow());
    }

    @Test
    void anotherStudyThatSharesACancelledRunTrainsIt() {
        AcceptedStudy small = plan("{preset: quick, perturbations: [], optimizers: [sgd], seeds: [1, 2, 3, 4]}");
        accept(small);
        RunId waiting = small.runs().get(small.runs().size() - 1).runId();
        cancellation.cancel(small.studyId());
        accept(plan("{preset: quick, optimizers: [sgd], seeds: [4]}"));
        assertThat(facts.of(TrainJob.class)).extracting(TrainJob::runId).contains(waiting);
    }

    @Test
    void marksThatACancellingTookBackBeforeItStoppedAreWrittenAgain() {
        AcceptedStudy study = plan("{preset: quick, optimizers: [sgd]}");
        accept(study);
        MarkRepair repair = new MarkRepair(database, files, lock, () -> NOON);
        assertThat(repair.repair()).isZero();

        files.release(study.studyId(), List.of(study.runs().get(0).runId()));
        assertThat(repair.repair()).as("at the first look").isZero();
        assertThat(repair.repair()).isEqualTo(1);
        assertThat(repair.repair()).isZero();
        new OutboxDispatcher(database, facts).dispatch();
        assertThat(store.list("runs/"))
                .filteredOn(k -> k.endsWith("/wanted-by/" + study.studyId()))
                .hasSize(study.runs().size());
        assertThat(facts.of(StudyAccepted.class))
                .extracting(StudyAccepted::revision)
                .containsExactly(1L, 2L);
    }

    @Test
    void acceptingAndCancellingWaitForEachOther() throws Exception {
        AcceptedStudy study = plan("{preset: quick, perturbations: [], optimizers: [sgd]}");
        accept(study);
        ExecutorService others = Executors.newFixedThreadPool(2);
        try {
            List<Future<?>> waiting = lock.alone(() -> {
                List<Future<?>> both =
                        List.of(others.submit(() -> accept(study)), others.submit(() -> cancellation.cancel(OTHER)));
                both.forEach(one -> assertThatThrownBy(() -> one.get(300, TimeUnit.MILLISECONDS))
                        .isInstanceOf(TimeoutException.class));
                return both;
            });
            for (Future<?> one : waiting) {
                one.get(30, TimeUnit.SECONDS);
            }
        } finally {
            others.shutdownNow();
        }
    }

    @Test
    void aRunWithAResultIsNotQueuedAgain() {
        AcceptedStudy study = plan("{preset: quick, perturbations: [], optimizers: [sgd]}");
        RunId done = study.runs().get(0).runId();
        RunResult result = new RunResult(
                done, Attempt.of(0, 1), RunOutcome.FINISHED, null, List.of(), List.of(), Samples.ENVIRONMENT);
        new JsonObjects(store).write(ArtifactKeys.result(done), result);
        accept(study);
        assertThat(facts.of(TrainJob.class))
                .extracting(TrainJob::runId)
                .doesNotContain(done)
                .hasSize(1);
        assertThat(view(study).runs()).containsEntry("finished", 1L);
    }

    @Test
    void cancellingReleasesTheRunsThatNobodyElseWants() {
        AcceptedStudy small = plan("{preset: quick, perturbations: [], optimizers: [sgd]}");
        AcceptedStudy large = plan("{preset: quick, optimizers: [sgd]}");
        accept(small);
        accept(large);
        cancellation.cancel(large.studyId());
        new OutboxDispatcher(database, facts).dispatch();

        assertThat(view(large).state()).isEqualTo(StudyState.CANCELLED);
        assertThat(facts.of(StudyCancelled.class)).hasSize(1);
        assertThat(facts.of(RunControl.class)).filteredOn(c -> !c.wanted()).hasSize(8);
        assertThat(store.list("runs/")).noneMatch(k -> k.endsWith("/wanted-by/" + large.studyId()));
        assertThat(view(small).runs()).containsEntry("queued", 2L);
    }

    @Test
    void aCancelledStudyIsReopenedByAskingAgain() {
        AcceptedStudy study = plan("{preset: quick, perturbations: [], optimizers: [sgd]}");
        accept(study);
        cancellation.cancel(study.studyId());
        RunId run = study.runs().get(0).runId();
        apply(Samples.ended(run, Attempt.of(0, 1), RunOutcome.CANCELLED, NOON.minusSeconds(1)));
        assertThat(accept(study)).isEqualTo(StudyAcceptance.Answer.ACCEPTED);

        assertThat(facts.of(StudyAccepted.class))
                .extracting(StudyAccepted::revision)
                .containsExactly(1L, 2L);
        assertThat(view(study).state()).isEqualTo(StudyState.RUNNING);
        assertThat(facts.of(TrainJob.class))
                .filteredOn(j -> j.runId().equals(run))
                .hasSize(2);
        List<RunControl> control = facts.of(RunControl.class).stream()
                .filter(c -> c.runId().equals(run))
                .toList();
        assertThat(control).extracting(RunControl::wanted).containsExactly(true, false, true);
        assertThat(control).extracting(RunControl::revision).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void aLostDatabaseIsRebuiltFromStoreAndTopics() {
        AcceptedStudy study = plan("preset: quick");
        accept(study);
        Database fresh = TestDatabase.create();
        FactProjection projection = new FactProjection(fresh, files, queueing);
        projection.apply(facts.of(StudyAccepted.class).get(0), new FactPosition("thetascope.studies.v1", 0, 0, NOON));
        StudyView rebuilt =
                new StudyReading(fresh, () -> NOON).find(study.studyId()).orElseThrow();
        assertThat(rebuilt.runs()).containsEntry("planned", 20L);
        assertThat(rebuilt.name()).isEqualTo("quick");
    }
}
