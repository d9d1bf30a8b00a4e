package io.thetascope.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.thetascope.contracts.identity.Step;
import io.thetascope.contracts.run.CheckpointSchedule;
import io.thetascope.contracts.run.EpochFigures;
import io.thetascope.trainer.SmallData;
import io.thetascope.trainer.optimizer.Adam;
import io.thetascope.trainer.training.TrainingEnding.Completed;
import io.thetascope.trainer.training.TrainingEnding.Diverged;
import io.thetascope.trainer.training.TrainingEnding.Stopped;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TrainingTest {
    private final Recorder recorder = new Recorder();

    @Test
    void learnsAndReportsTheStartingPointAsEpochZero() {
        try (TrainingFixture fixture = new TrainingFixture()) {
            fixture.epochs = 6;
            fixture.checkpoints = new CheckpointSchedule(4, false);
            try (Training training = fixture.training()) {
                assertThat(training.run(recorder, () -> false)).isEqualTo(new Completed(new Step(30)));
            }
        }
        assertThat(recorder.epochs).extracting(EpochFigures::epoch).containsExactly(0, 1, 2, 3, 4, 5, 6);
        assertThat(recorder.epochs.get(6).test().accuracy())
                .isGreaterThan(recorder.epochs.get(0).test().accuracy())
                .isGreaterThan(0.9);
        assertThat(recorder.steps).containsExactly(new Step(0), new Step(20), new Step(30));
    }

    @Test
    void joinsARemainderOfOneImageToTheBatchBeforeAndKeepsOthers() {
        assertThat(stepsWith(101, 50)).isEqualTo(new Step(2));
        assertThat(stepsWith(102, 50)).isEqualTo(new Step(3));
    }

    private Step stepsWith(int images, int batch) {
        try (TrainingFixture fixture = new TrainingFixture()) {
            fixture.images = images;
            fixture.batch = batch;
            fixture.epochs = 1;
            try (Training training = fixture.training()) {
                training.run(new Recorder(), () -> false);
                return ((Completed) training.run(recorder, () -> false)).last();
            }
        }
    }

    @Test
    void givesTheSameWeightsTwiceAndOthersWithAnotherOptimizer() {
        int first = lastHash(new TrainingFixture());
        int second = lastHash(new TrainingFixture());
        TrainingFixture withAdam = new TrainingFixture();
        withAdam.optimizer = new Adam(0.9, 0.999, 1e-8, 0);
        assertThat(second).isEqualTo(first);
        assertThat(lastHash(withAdam)).isNotEqualTo(first);
    }

    private static int lastHash(TrainingFixture fixture) {
        Recorder recorder = new Recorder();
        try (fixture;
                Training training = fixture.training()) {
            training.run(recorder, () -> false);
        }
        return recorder.weightHashes.get(recorder.weightHashes.size() - 1);
    }

    @Test
    void stopsBeforeTheNextBatchWhenAsked() {
        AtomicInteger asked = new AtomicInteger();
        try (TrainingFixture fixture = new TrainingFixture();
                Training training = fixture.training()) {
            // asked before each of 2 batches of training and 1 of test images at the start, 5 steps, 1 evaluation, 2
            // steps
            assertThat(training.run(recorder, () -> asked.incrementAndGet() == 3 + 5 + 1 + 3))
                    .isEqualTo(new Stopped(new Step(7)));
        }
        assertThat(recorder.epochs).extracting(EpochFigures::epoch).containsExactly(0, 1);
    }

    @Test
    void stopsWithinAnEvaluationAndGoesOnWithItLater() {
        AtomicInteger asked = new AtomicInteger();
        try (TrainingFixture fixture = new TrainingFixture();
                Training training = fixture.training()) {
            assertThat(training.run(recorder, () -> asked.incrementAndGet() == 3 + 5 + 1))
                    .isEqualTo(new Stopped(new Step(5)));
            assertThat(recorder.epochs).extracting(EpochFigures::epoch).containsExactly(0);
            assertThat(training.run(recorder, () -> false)).isEqualTo(new Completed(new Step(10)));
        }
        assertThat(recorder.epochs).extracting(EpochFigures::epoch).containsExactly(0, 1, 2);
    }

    @Test
    void evaluatesTheImagesThatAreHeldBackAfterEveryEpoch() {
        try (TrainingFixture fixture = new TrainingFixture()) {
            fixture.validation = Optional.of(SmallData.images(60, 2)); // the test images: so the figures must be equal
            try (Training training = fixture.training()) {
                training.run(recorder, () -> false);
            }
        }
        assertThat(recorder.epochs)
                .hasSize(3)
                .allSatisfy(figures -> assertThat(figures.validation()).isEqualTo(figures.test()));
    }

    @Test
    void endsDivergedAtTheEpochsEndWithTheStepsInBetweenNamed() {
        try (TrainingFixture fixture = new TrainingFixture()) {
            fixture.learningRate = 1e20;
            try (Training training = fixture.training()) {
                TrainingEnding ending = training.run(recorder, () -> false);
                assertThat(ending).isEqualTo(new Diverged(new Step(1), new Step(5)));
                assertThat(((Diverged) ending).reason()).contains("step 1,").contains("step 5");
            }
        }
        assertThat(recorder.steps).containsExactly(Step.START);
    }

    @Test
    void seesDivergenceBeforeItKeepsACheckpointWithinAnEpoch() {
        try (TrainingFixture fixture = new TrainingFixture()) {
            fixture.learningRate = 1e20;
            fixture.checkpoints = new CheckpointSchedule(1, true);
            try (Training training = fixture.training()) {
                TrainingEnding ending = training.run(recorder, () -> false);
                assertThat(ending).isEqualTo(new Diverged(new Step(1), new Step(2)));
            }
        }
        assertThat(recorder.steps).containsExactly(Step.START, new Step(1));
    }
}
