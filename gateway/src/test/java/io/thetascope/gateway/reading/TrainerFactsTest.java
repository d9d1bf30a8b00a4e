package io.thetascope.gateway.reading;

import static io.thetascope.gateway.testing.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.thetascope.contracts.event.CheckpointStored;
import io.thetascope.contracts.event.EpochCompleted;
import io.thetascope.contracts.event.Event;
import io.thetascope.contracts.event.RunStarted;
import io.thetascope.contracts.event.StudyAccepted;
import io.thetascope.contracts.identity.Attempt;
import io.thetascope.contracts.identity.Digest;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.identity.Step;
import io.thetascope.contracts.run.ArtifactRef;
import io.thetascope.contracts.run.Environment;
import io.thetascope.contracts.run.EpochFigures;
import io.thetascope.contracts.run.Figures;
import io.thetascope.contracts.run.StoredCheckpoint;
import io.thetascope.contracts.study.AcceptedStudy;
import io.thetascope.gateway.database.Database;
import io.thetascope.gateway.projection.FactPosition;
import io.thetascope.gateway.projection.FactProjection;
import io.thetascope.gateway.report.RunHistory;
import io.thetascope.gateway.testing.Samples;
import io.thetascope.gateway.testing.TestDatabase;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the trainer's facts say, as users read it. */
class TrainerFactsTest {
    private static final Digest WEIGHTS = new Digest("1".repeat(64));
    private static final AcceptedStudy STUDY = Samples.plan(
                    "{networks: [lenet, resnet18], datasets: [mnist], initializations: [pretrained],"
                            + " perturbations: [sign-flip]}",
                    List.of(),
                    Map.of("resnet18", WEIGHTS))
            .study();
    private static final RunId RUN = STUDY.runs().get(0).runId();
    private static final Attempt FIRST = Attempt.of(0, 1);
    private static final Attempt SECOND = Attempt.of(0, 2);
    private static final Environment GPU =
            new Environment("2.7.1", "AVX2", 1, "cuda:0", "0.35.1", "17.0.15", "Linux amd64");

    private final Database database = TestDatabase.create();
    private final RunReading runs = new RunReading(database);
    private final FactProjection projection =
            new FactProjection(database, id -> Optional.of(STUDY), (session, fact) -> {});

    TrainerFactsTest() {
        apply(new StudyAccepted(
                STUDY.studyId(), 1, "", STUDY.runs().size(), STUDY.analyses().size()));
    }

    private void apply(Event event) {
        projection.apply(event, new FactPosition(event.topic().topicName(), 0, 0, NOON));
    }

    private RunView view(RunId run) {
        return runs.find(run).orElseThrow();
    }

    private RunHistory history() {
        ReportReading reports = new ReportReading(
                database,
                id -> Optional.of(STUDY),
                new StudyReading(database, () -> NOON),
                runs,
                new AnalysisReading(database),
                new DamageReading(database),
                "0.1.0");
        return reports.read(STUDY.studyId()).orElseThrow().runs().stream()
                .filter(history -> history.runId().equals(RUN))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void figuresOnHeldBackImagesAreKept() {
        EpochFigures with =
                new EpochFigures(1, new Step(10), new Figures(0.5, 0.8), new Figures(0.6, 0.7), new Figures(0.7, 0.75));
        EpochFigures without = new EpochFigures(2, new Step(20), new Figures(0.5, 0.8), new Figures(0.6, 0.7));
        apply(new EpochCompleted(RUN, FIRST, with, 3_000.0));
        apply(new EpochCompleted(RUN, FIRST, without, 3_000.0));

        assertThat(runs.epochs(RUN))
                .extracting(EpochView::validation)
                .containsExactly(new RunView.LastFigures(0.7, 0.75), null);
        assertThat(history().epochs()).containsExactly(with, without);
    }

    @Test
    void aCheckpointIsReadBackWithItsEvidence() {
        StoredCheckpoint start = new StoredCheckpoint(Step.START, 0, new ArtifactRef("a", WEIGHTS, 7));
        StoredCheckpoint later = new StoredCheckpoint(
                new Step(10), 1, new ArtifactRef("b", WEIGHTS, 8), new ArtifactRef("c", Digest.of(new byte[3]), 9));
        apply(new CheckpointStored(RUN, FIRST, start, NOON));
        apply(new CheckpointStored(RUN, FIRST, later, NOON));

        assertThat(runs.checkpoints(RUN)).containsExactly(start, later);
        assertThat(runs.checkpoint(RUN, new Step(10))).contains(later);
        assertThat(history().checkpoints()).containsExactly(start, later);
    }

    @Test
    void aRunResumedInAnotherEnvironmentIsMarkedUntilItStartsOver() {
        apply(Samples.started(RUN, FIRST));
        assertThat(view(RUN).resumedElsewhere()).isNull();

        apply(new RunStarted(RUN, SECOND, "other", new Step(10), GPU, NOON));
        assertThat(view(RUN).resumedElsewhere()).isTrue();
        assertThat(history().environment()).isEqualTo(GPU);
        assertThat(history().earlierEnvironments()).containsExactly(Samples.ENVIRONMENT);

        apply(new RunStarted(RUN, Attempt.of(0, 3), "other", Step.START, GPU, NOON));
        assertThat(view(RUN).resumedElsewhere()).isNull();
        assertThat(history().earlierEnvironments()).isEmpty();
    }

    @Test
    void aRunThatStartedBeforeItsPartsWereKeptIsMarkedToo() {
        apply(Samples.started(RUN, FIRST));
        database.run(session -> session.update("UPDATE run SET computed_parts = NULL"));
        assertThat(history().earlierEnvironments()).isEmpty();
        apply(new RunStarted(RUN, SECOND, "other", new Step(10), GPU, NOON));
        assertThat(history().earlierEnvironments()).containsExactly(Samples.ENVIRONMENT);
    }

    @Test
    void aRunSaysWhatItStartsFrom() {
        List<RunView> all = STUDY.runs().stream().map(run -> view(run.runId())).toList();
        assertThat(all)
                .filteredOn(run -> run.donorRunId() != null)
                .singleElement()
                .satisfies(run -> {
                    assertThat(run.network()).isEqualTo("lenet");
                    assertThat(run.initialization()).isEqualTo("pretrained");
                    assertThat(view(Objects.requireNonNull(run.donorRunId())).dataset())
                            .isEqualTo("fashion-mnist");
                });
        assertThat(all)
                .filteredOn(run -> run.pretrainedWeights() != null)
                .singleElement()
                .satisfies(run -> {
                    assertThat(run.network()).isEqualTo("resnet18");
                    assertThat(run.generation()).isZero();
                    assertThat(run.pretrainedWeights()).isEqualTo(WEIGHTS);
                });
    }
}
