package io.thetascope.trainer.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thetascope.artifacts.ArtifactKeys;
import io.thetascope.artifacts.Checkpoints;
import io.thetascope.artifacts.FailedAttempt;
import io.thetascope.artifacts.JsonObjects;
import io.thetascope.contracts.event.CheckpointStored;
import io.thetascope.contracts.event.EpochCompleted;
import io.thetascope.contracts.event.Event;
import io.thetascope.contracts.event.EventType;
import io.thetascope.contracts.event.RunControl;
import io.thetascope.contracts.event.RunFinished;
import io.thetascope.contracts.event.RunStarted;
import io.thetascope.contracts.event.TrainJob;
import io.thetascope.contracts.identity.Attempt;
import io.thetascope.contracts.identity.Digest;
import io.thetascope.contracts.identity.Step;
import io.thetascope.contracts.identity.StudyId;
import io.thetascope.contracts.run.ArtifactRef;
import io.thetascope.contracts.run.Initialization;
import io.thetascope.contracts.run.InputShape;
import io.thetascope.contracts.run.RunOutcome;
import io.thetascope.contracts.run.RunResult;
import io.thetascope.contracts.run.RunSpec;
import io.thetascope.contracts.run.StoredCheckpoint;
import io.thetascope.contracts.run.Twin;
import io.thetascope.jobqueue.JobEnding;
import io.thetascope.networks.Initializers;
import io.thetascope.networks.Networks;
import io.thetascope.networks.Parameter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunTrainingTest {
    private final RunFixture fixture;

    RunTrainingTest(@TempDir Path folder) {
        fixture = new RunFixture(folder);
    }

    @Test
    void storesEveryObjectBeforeItAnnouncesIt() {
        RunSpec spec = SmallRuns.spec(fixture.dataset, 3, 0.01);
        fixture.facts.listener = event -> {
            if (event instanceof CheckpointStored stored) {
                assertThat(Digest.of(
                                fixture.store.get(stored.checkpoint().artifact().key())))
                        .isEqualTo(stored.checkpoint().artifact().sha256());
            }
            if (event instanceof RunFinished finished) {
                assertThat(fixture.store.stat(ArtifactKeys.result(finished.runId())))
                        .isPresent();
            }
        };

        assertThat(fixture.train(spec)).isEqualTo(new JobEnding.Done());

        assertThat(fixture.facts.events)
                .extracting(Event::getClass)
                .startsWith(RunStarted.class)
                .endsWith(RunFinished.class);
        assertThat(fixture.facts.of(CheckpointStored.class))
                .extracting(stored -> stored.checkpoint().step().value())
                .containsExactly(0L, 8L, 12L);
        assertThat(fixture.facts.of(EpochCompleted.class))
                .extracting(epoch -> epoch.figures().epoch())
                .containsExactly(0, 1, 2, 3);
        RunFinished finished = fixture.facts.of(RunFinished.class).get(0);
        assertThat(finished.outcome()).isEqualTo(RunOutcome.FINISHED);
        assertThat(finished.last())
                .isEqualTo(fixture.facts.of(CheckpointStored.class).get(2).checkpoint());
        assertThat(result(spec).epochs()).hasSize(4);
        assertThat(result(spec).environment().fingerprint())
                .contains("libtorch 2.7.1")
                .contains("threads 1");
    }

    private RunResult result(RunSpec spec) {
        return new JsonObjects(fixture.store)
                .read(ArtifactKeys.result(spec.id()), RunResult.class)
                .orElseThrow();
    }

    @Test
    void trainsNothingTwiceAndAnnouncesTheSameEndingAgain() {
        RunSpec spec = SmallRuns.spec(fixture.dataset, 1, 0.01);
        fixture.train(spec);
        RunFinished first = fixture.facts.of(RunFinished.class).get(0);
        fixture.facts.events.clear();

        assertThat(fixture.train(spec, Attempt.of(9, 1))).isEqualTo(new JobEnding.Done());

        assertThat(fixture.facts.events).hasSize(1);
        assertThat(EventType.idOf(fixture.facts.events.get(0))).isEqualTo(EventType.idOf(first));
    }

    @Test
    void trainsAgainWhenACheckpointOfTheResultIsGone() {
        RunSpec spec = SmallRuns.spec(fixture.dataset, 1, 0.01);
        fixture.train(spec);
        StoredCheckpoint last = result(spec).checkpoints().get(1);
        fixture.store.delete(last.artifact().key());

        fixture.train(spec, Attempt.of(9, 1));

        assertThat(Digest.of(fixture.store.get(last.artifact().key())))
                .isEqualTo(last.artifact().sha256());
    }

    @Test
    void announcesADivergedRunAsAResult() {
        RunSpec spec = SmallRuns.spec(fixture.dataset, 1, 1e20);
        assertThat(fixture.train(spec)).isEqualTo(new JobEnding.Done());
        RunFinished finished = fixture.facts.of(RunFinished.class).get(0);
        assertThat(finished.outcome()).isEqualTo(RunOutcome.DIVERGED);
        assertThat(finished.reason()).contains("step 1").contains("step 4");
        assertThat(result(spec).checkpoints())
                .extracting(StoredCheckpoint::step)
                .containsExactly(Step.START);
    }

    @Test
    void doesNotStartARunThatNobodyWants() {
        RunSpec spec = SmallRuns.spec(fixture.dataset, 1, 0.01);
        fixture.wanted.note(new RunControl(spec.id(), false, 2));
        assertThat(fixture.train(spec)).isEqualTo(new JobEnding.Done());
        assertThat(fixture.facts.events).hasSize(1);
        assertThat(fixture.facts.of(RunFinished.class).get(0).outcome()).isEqualTo(RunOutcome.CANCELLED);
    }

    @Test
    void believesTheMarksInTheStoreWhenRunControlLagsBehind() {
        RunSpec spec = SmallRuns.spec(fixture.dataset, 1, 0.01);
        fixture.wanted.note(new RunControl(spec.id(), false, 2));
        fixture.store.put(ArtifactKeys.wantedBy(spec.id(), StudyId.ofCanonical("{}")), new byte[0]);
        fixture.train(spec);
        assertThat(fixture.facts.of(RunFinished.class).get(0).outcome()).isEqualTo(RunOutcome.FINISHED);
    }

    @Test
    void stopsAtTheNextBatchWhenNobodyWantsTheRunAnyMore() {
        RunSpec spec = SmallRuns.spec(fixture.dataset, 3, 0.01);
        fixture.atEpoch(1, () -> fixture.wanted.note(new RunControl(spec.id(), false, 2)));
        assertThat(fixture.train(spec)).isEqualTo(new JobEnding.Done());
        assertThat(fixture.facts.of(EpochCompleted.class)).hasSize(2);
        assertThat(fixture.facts.of(RunFinished.class).get(0).outcome()).isEqualTo(RunOutcome.CANCELLED);
        assertThat(fixture.store.stat(ArtifactKeys.result(spec.id()))).isEmpty();
    }

    @Test
    void storesAndAnnouncesNothingOnceTheLeaseIsLost() {
        RunSpec spec = SmallRuns.spec(fixture.dataset, 3, 0.01);
        fixture.atEpoch(1, () -> fixture.leaseClock.set(Duration.ofMinutes(1).toNanos()));
        assertThat(fixture.train(spec)).isEqualTo(new JobEnding.Released());
        assertThat(fixture.facts.of(EpochCompleted.class)).hasSize(2);
        assertThat(fixture.facts.of(RunFinished.class)).isEmpty();
        assertThat(new Checkpoints(fixture.store).latest(spec.id())).contains(Step.START);
    }

    @Test
    void startsAGenerationOneRunFromWhatThePerturbationServiceWrote() {
        RunSpec parent = SmallRuns.spec(fixture.dataset, 1, 0.01);
        fixture.train(parent);
        StoredCheckpoint end = result(parent).checkpoints().get(1);
        byte[] bytes = fixture.store.get(end.artifact().key());
        RunSpec twin = parent.twin(new Twin(Twin.SAME_SEED, 0));
        fixture.store.put(ArtifactKeys.checkpoint(twin.id(), Step.START, Digest.of(bytes)), bytes);
        fixture.facts.events.clear();

        assertThat(fixture.train(twin)).isEqualTo(new JobEnding.Done());

        assertThat(fixture.facts.of(CheckpointStored.class))
                .extracting(stored -> stored.checkpoint().step())
                .containsExactly(new Step(4));
        assertThat(result(twin).checkpoints()).hasSize(2);
        assertThat(result(twin).checkpoints().get(0).artifact().sha256()).isEqualTo(Digest.of(bytes));
        assertThat(result(twin).epochs().get(0).test())
                .isEqualTo(result(parent).epochs().get(1).test());
    }

    @Test
    void refusesAStartingPointWhoseBytesAreNotItsNames() {
        RunSpec parent = SmallRuns.spec(fixture.dataset, 1, 0.01);
        RunSpec twin = parent.twin(new Twin(Twin.SAME_SEED, 0));
        fixture.store.put(ArtifactKeys.checkpoint(twin.id(), Step.START, Digest.of(new byte[] {1})), new byte[] {2});
        assertThatThrownBy(() -> fixture.train(twin))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(twin.id().value())
                .hasMessageContaining("SHA-256");
    }

    @Test
    void refusesAGenerationOneRunWithoutAStartingPoint() {
        RunSpec twin = SmallRuns.spec(fixture.dataset, 1, 0.01).twin(new Twin(Twin.SAME_SEED, 0));
        assertThatThrownBy(() -> fixture.train(twin)).hasMessageContaining("one starting point");
    }

    @Test
    void givesTheSameCheckpointBytesInAnotherStoreUnderAnotherAttempt(@TempDir Path other) {
        RunSpec spec = SmallRuns.spec(fixture.dataset, 2, 0.01);
        fixture.train(spec);
        RunFixture second = new RunFixture(other);
        second.train(spec, Attempt.of(77, 4));
        List<String> keys = fixture.store.list(ArtifactKeys.checkpoints(spec.id()));
        assertThat(keys).hasSize(2);
        assertThat(second.store.list(ArtifactKeys.checkpoints(spec.id()))).isEqualTo(keys);
    }

    @Test
    void announcesAFailedRunWhenTheQueueGaveUp() {
        RunSpec spec = SmallRuns.spec(fixture.dataset, 1, 0.01);
        FailedAttempt last = new FailedAttempt(Attempt.of(5, 2), "w", "disk full", 0, false, Instant.EPOCH);
        fixture.training.gaveUp(new TrainJob(spec.id(), spec), last, 5);
        RunFinished failed = fixture.facts.of(RunFinished.class).get(0);
        assertThat(failed.outcome()).isEqualTo(RunOutcome.FAILED);
        assertThat(failed.reason()).contains("disk full").contains("5");
    }

    @Test
    void keepsEvidenceBesideEveryCheckpointButTheFirst() {
        RunSpec spec = SmallRuns.withEvidence(SmallRuns.spec(fixture.dataset, 2, 0.01));
        fixture.train(spec);
        List<StoredCheckpoint> kept = result(spec).checkpoints();
        assertThat(kept.get(0).evidence()).isNull();
        ArtifactRef evidence = Objects.requireNonNull(kept.get(1).evidence());
        assertThat(Digest.of(fixture.store.get(evidence.key()))).isEqualTo(evidence.sha256());
        // 61,706 parameters, two bits each in whole bytes of every parameter
        assertThat(evidence.bytes()).isGreaterThan(2 * 61_706 / 8);
        assertThat(fixture.store.list(ArtifactKeys.evidence(spec.id()))).containsExactly(evidence.key());
    }

    @Test
    void holdsTheLastTrainingImagesBackWhenAsked() {
        RunSpec spec = SmallRuns.holdingBack(SmallRuns.spec(fixture.dataset, 1, 0.01), 20);
        fixture.train(spec);
        assertThat(result(spec).epochs())
                .allSatisfy(figures -> assertThat(figures.validation()).isNotNull());
    }

    @Test
    void startsFromTheWholeFinalCheckpointOfItsDonor() {
        RunSpec donor = SmallRuns.spec(fixture.dataset, 2, 0.01);
        fixture.train(donor);
        RunSpec spec = SmallRuns.startingFrom(
                SmallRuns.spec(fixture.dataset, 1, 0.01),
                new Initialization(Initialization.PRETRAINED, null, donor.id()));
        fixture.train(spec);
        assertThat(result(spec).epochs().get(0).test())
                .isEqualTo(result(donor).epochs().get(2).test());
    }

    @Test
    void refusesADonorThatHasNotFinished() {
        RunSpec donor = SmallRuns.spec(fixture.dataset, 2, 0.01);
        RunSpec spec = SmallRuns.startingFrom(donor, new Initialization(Initialization.PRETRAINED, null, donor.id()));
        assertThatThrownBy(() -> fixture.train(spec))
                .hasMessageContaining(donor.id().value())
                .hasMessageContaining("has not finished");
    }

    @Test
    void startsFromUploadedWeightsWithAFreshHead(@TempDir Path folder) {
        RunSpec donor = SmallRuns.spec(fixture.dataset, 2, 0.01);
        fixture.train(donor);
        byte[] file =
                fixture.store.get(result(donor).checkpoints().get(1).artifact().key());
        fixture.store.put(ArtifactKeys.pretrained(Digest.of(file)), file);
        RunSpec spec = SmallRuns.startingFrom(
                SmallRuns.spec(fixture.dataset, 1, 0.01),
                new Initialization(Initialization.PRETRAINED, Digest.of(file), null));
        fixture.train(spec);

        byte[] start =
                fixture.store.get(result(spec).checkpoints().get(0).artifact().key());
        assertThat(SmallRuns.tensor(folder, start, "fc2.weight"))
                .isEqualTo(SmallRuns.tensor(folder, file, "fc2.weight"));
        Parameter head =
                Networks.named("lenet", new InputShape(1, 32, 32)).parameters().get(8);
        assertThat(SmallRuns.tensor(folder, start, "fc3.weight"))
                .isEqualTo(
                        Initializers.draw("kaiming-uniform", head, spec.seeds().init()));
    }
}
