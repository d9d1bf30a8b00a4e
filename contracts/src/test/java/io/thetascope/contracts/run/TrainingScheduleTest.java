package io.thetascope.contracts.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.thetascope.contracts.identity.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainingScheduleTest {
    @ParameterizedTest(name = "{0} images in batches of {1}: {2} steps, the last batch has {3}")
    @CsvSource({"4000,128,32,32", "256,128,2,128", "257,128,2,129", "258,128,3,2", "100,128,1,100", "1,128,1,1"})
    void keepsTheLastPartialBatchAndJoinsARemainderOfOne(int images, int batch, int steps, int last) {
        TrainingSchedule schedule = new TrainingSchedule(images, batch, 1, new CheckpointSchedule(5, false));
        assertThat(schedule.stepsPerEpoch()).isEqualTo(steps);
        assertThat(schedule.batchEnd(steps - 1) - schedule.batchStart(steps - 1))
                .isEqualTo(last);
        int covered = 0;
        for (int i = 0; i < steps; i++) {
            assertThat(schedule.batchStart(i)).isEqualTo(covered);
            covered = schedule.batchEnd(i);
        }
        assertThat(covered).isEqualTo(images);
    }

    @Test
    void keepsTheStartEveryNEpochsAndTheEnd() {
        TrainingSchedule schedule = new TrainingSchedule(4000, 128, 12, new CheckpointSchedule(5, false));
        assertThat(schedule.checkpointSteps().stream().map(Step::value)).containsExactly(0L, 160L, 320L, 384L);
        assertThat(schedule.epochOf(new Step(160))).isEqualTo(5);
        assertThat(schedule.epochOf(new Step(161))).isEqualTo(6);
        assertThat(schedule.epochOf(Step.START)).isZero();
    }

    @Test
    void keepsPowersOfTwoInTheFirstEpochOnRequest() {
        TrainingSchedule schedule = new TrainingSchedule(1000, 128, 2, new CheckpointSchedule(5, true));
        assertThat(schedule.checkpointSteps().stream().map(Step::value)).containsExactly(0L, 1L, 2L, 4L, 16L);
    }
}
