package io.thetascope.perturbation.retraining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thetascope.artifacts.ArtifactKeys;
import io.thetascope.artifacts.store.InMemoryObjectStore;
import io.thetascope.contracts.event.CheckpointStored;
import io.thetascope.contracts.event.Event;
import io.thetascope.contracts.event.RunFinished;
import io.thetascope.contracts.event.StudyAccepted;
import io.thetascope.contracts.event.TrainJob;
import io.thetascope.contracts.identity.Attempt;
import io.thetascope.contracts.identity.Digest;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.identity.Step;
import io.thetascope.contracts.identity.StudyId;
import io.thetascope.contracts.run.Perturbation;
import io.thetascope.contracts.run.RunOutcome;
import io.thetascope.contracts.run.RunSpec;
import io.thetascope.contracts.run.StoredCheckpoint;
import io.thetascope.perturbation.Examples;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetrainingsTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    private final RunSpec parent = Examples.base(1);
    private final List<RunSpec> children = Examples.childrenOf(parent);
    private final InMemoryObjectStore store = new InMemoryObjectStore(InstantSource.fixed(NOON));
    private final AnnouncedFacts facts = new AnnouncedFacts();

    @TempDir
    Path folder = Path.of("");

    @Test
    void childrenStartWhenTheirParentFinishes() {
        Examples.accept(store, "study", parent);
        handle(finished(Examples.finish(store, parent, folder)));
        allStarted();
    }

    @Test
    void childrenStartWhenTheStudyComesAfterTheRun() {
        // Given
        Examples.finish(store, parent, folder);
        // When
        handle(accepted(Examples.accept(store, "study", parent)));
        // Then
        allStarted();
    }

    @Test
    void nothingHappensUntilBothAreThere() {
        handle(accepted(Examples.accept(store, "study", parent)));
        assertThat(facts.events).isEmpty();
    }

    @Test
    void everyStartIsAnnouncedBeforeItsJob() {
        Examples.accept(store, "study", parent);
        handle(finished(Examples.finish(store, parent, folder)));
        for (int i = 0; i < facts.events.size(); i += 2) {
            assertThat(facts.events.get(i)).isInstanceOf(CheckpointStored.class);
            assertThat(facts.events.get(i + 1)).isInstanceOf(TrainJob.class);
            assertThat(facts.events.get(i + 1).key())
                    .isEqualTo(facts.events.get(i).key());
        }
    }

    @Test
    void sameFactAgainWritesNothingNew() {
        // Given
        Examples.accept(store, "study", parent);
        RunFinished fact = finished(Examples.finish(store, parent, folder));
        handle(fact);
        List<String> written = store.list("runs/");
        List<Event> announced = List.copyOf(facts.events);
        facts.events.clear();
        // When
        handle(fact);
        // Then: a repetition of every event, by which their consumers drop it
        assertThat(store.list("runs/")).isEqualTo(written);
        assertThat(facts.events).isEqualTo(announced);
    }

    @Test
    void childWithAResultIsLeftAlone() {
        // Given
        Examples.accept(store, "study", parent);
        StoredCheckpoint last = Examples.finish(store, parent, folder);
        children.forEach(child -> Examples.end(store, child.id(), RunOutcome.FINISHED, List.of(last)));
        // When
        handle(finished(last));
        // Then
        assertThat(facts.events).isEmpty();
    }

    @Test
    void cancelledStudyStartsNothing() {
        // Given
        StudyId study = Examples.accept(store, "study", parent);
        children.forEach(child -> store.delete(ArtifactKeys.wantedBy(child.id(), study)));
        // When
        handle(finished(Examples.finish(store, parent, folder)));
        // Then
        assertThat(facts.events).isEmpty();
    }

    @Test
    void runWantedByTwoStudiesStartsOnceThoughOneIsCancelled() {
        // Given
        StudyId cancelled = Examples.accept(store, "one", parent);
        Examples.accept(store, "two", parent);
        children.forEach(child -> store.delete(ArtifactKeys.wantedBy(child.id(), cancelled)));
        // When
        handle(finished(Examples.finish(store, parent, folder)));
        // Then
        allStarted();
    }

    @Test
    void childrenOfADivergedParentAreSkipped() {
        // Given
        Examples.accept(store, "study", parent);
        Examples.end(store, parent.id(), RunOutcome.DIVERGED, List.of());
        // When
        handle(ended(RunOutcome.DIVERGED, "loss not finite"));
        // Then
        allSkipped("parent " + parent.id() + " diverged");
    }

    @Test
    void childrenOfAFailedParentStartWhenItFinishesAfterAll() {
        // Given
        Examples.accept(store, "study", parent);
        handle(ended(RunOutcome.FAILED, "five attempts"));
        allSkipped("parent " + parent.id() + " failed: five attempts");
        facts.events.clear();
        // When
        handle(finished(Examples.finish(store, parent, folder)));
        // Then
        allStarted();
    }

    @Test
    void childrenOfACancelledParentThatAStudyWantsAgainWait() {
        Examples.accept(store, "study", parent);
        handle(ended(RunOutcome.CANCELLED, "no study wanted it"));
        assertThat(facts.events).isEmpty();
    }

    @Test
    void lateFactAboutAFailureDoesNotSkipWhatCanStart() {
        Examples.accept(store, "study", parent);
        Examples.finish(store, parent, folder);
        handle(ended(RunOutcome.FAILED, "an attempt long ago"));
        allStarted();
    }

    @Test
    void damagedParentCheckpointSkipsItsChildrenByName() {
        // Given
        Examples.accept(store, "study", parent);
        StoredCheckpoint last = Examples.finish(store, parent, folder);
        byte[] bytes = store.get(last.artifact().key());
        bytes[bytes.length - 1] ^= 1;
        store.put(last.artifact().key(), bytes);
        // When
        handle(finished(last));
        // Then
        allSkipped(last.artifact().key());
    }

    @Test
    void damagedStartingPointIsWrittenAnew() {
        // Given
        Examples.accept(store, "study", parent);
        RunFinished fact = finished(Examples.finish(store, parent, folder));
        handle(fact);
        CheckpointStored start = facts.of(CheckpointStored.class).get(0);
        String key = start.checkpoint().artifact().key();
        byte[] sound = store.get(key);
        store.put(key, new byte[sound.length]);
        // When
        handle(fact);
        // Then
        assertThat(store.get(key)).isEqualTo(sound);
    }

    @Test
    void impossiblePerturbationIsSkippedAndTheOthersStart() {
        // Given
        RunSpec unknown = parent.perturbed(new Perturbation("shuffle", null, "all", null, null));
        Examples.accept(store, "study", List.of(parent, unknown, children.get(0)));
        // When
        handle(finished(Examples.finish(store, parent, folder)));
        // Then
        assertThat(facts.of(RunFinished.class))
                .singleElement()
                .satisfies(skip -> assertThat(skip.reason()).contains("unknown perturbation shuffle"));
        assertThat(facts.of(TrainJob.class))
                .extracting(TrainJob::runId)
                .containsExactly(children.get(0).id());
    }

    @Test
    void brokerAwayIsSaidAndTheNextAttemptDoesEverything() {
        // Given
        Examples.accept(store, "study", parent);
        RunFinished fact = finished(Examples.finish(store, parent, folder));
        facts.awayFor = 1;
        Retrainings retrainings = retrainings();
        // When
        assertThatThrownBy(() -> retrainings.handle(fact)).isInstanceOf(TimeoutException.class);
        retrainings.handle(fact);
        // Then
        allStarted();
    }

    @Test
    void nothingIsLeftInTheWorkingFolder() {
        Examples.accept(store, "study", parent);
        handle(finished(Examples.finish(store, parent, folder)));
        assertThat(folder.resolve("work")).isEmptyDirectory();
    }

    private void allStarted() {
        List<RunId> ids = children.stream().map(RunSpec::id).toList();
        assertThat(facts.of(TrainJob.class)).extracting(TrainJob::runId).containsExactlyElementsOf(ids);
        assertThat(facts.of(RunFinished.class)).isEmpty();
        List<CheckpointStored> starts = facts.of(CheckpointStored.class);
        assertThat(starts).extracting(CheckpointStored::runId).containsExactlyElementsOf(ids);
        assertThat(starts).allSatisfy(start -> {
            assertThat(start.attempt()).isEqualTo(Attempt.START);
            assertThat(start.checkpoint().step()).isEqualTo(Step.START);
            byte[] stored = store.get(start.checkpoint().artifact().key());
            assertThat(Digest.of(stored))
                    .isEqualTo(start.checkpoint().artifact().sha256());
            assertThat(stored).hasSize((int) start.checkpoint().artifact().bytes());
        });
    }

    private void allSkipped(String reason) {
        assertThat(facts.of(TrainJob.class)).isEmpty();
        assertThat(facts.of(RunFinished.class)).hasSize(children.size()).allSatisfy(skip -> {
            assertThat(skip.outcome()).isEqualTo(RunOutcome.SKIPPED);
            assertThat(skip.attempt()).isEqualTo(Attempt.START);
            assertThat(skip.reason()).contains(reason);
        });
    }

    private void handle(Event event) {
        retrainings().handle(event);
    }

    private Retrainings retrainings() {
        return new Retrainings(store, facts, InstantSource.fixed(NOON), folder.resolve("work"));
    }

    private static StudyAccepted accepted(StudyId study) {
        return new StudyAccepted(study, 1, "study", 5, 0);
    }

    private RunFinished finished(StoredCheckpoint last) {
        return new RunFinished(parent.id(), Attempt.of(3, 1), RunOutcome.FINISHED, null, last, null, NOON);
    }

    private RunFinished ended(RunOutcome outcome, String reason) {
        return new RunFinished(parent.id(), Attempt.of(3, 1), outcome, reason, null, null, NOON);
    }
}
