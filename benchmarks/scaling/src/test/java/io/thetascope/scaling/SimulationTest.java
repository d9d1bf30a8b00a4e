package io.thetascope.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimulationTest {
    private static final RunLoad RUN = new RunLoad("lenet", 100, 27, 0, 0);

    @Test
    void oneTrainerTrainsOneRunAfterAnother() {
        Figures figures = Simulation.of(deployment(1, 200, 64), List.of(study(3, 2, RUN)));
        assertThat(figures.runs()).isEqualTo(9);
        assertThat(figures.trainedSeconds()).isCloseTo(900, within(1e-9));
        assertThat(figures.idleShare()).isCloseTo(0, within(1e-9));
    }

    @Test
    void childrenWaitForTheirParent() {
        Figures figures = Simulation.of(deployment(100, 200, 64), List.of(study(1, 4, RUN)));
        assertThat(figures.trainedSeconds()).isCloseTo(200, within(1e-9));
        assertThat(figures.idleShare()).isCloseTo(1 - 500.0 / (100 * 200), within(1e-9));
    }

    @Test
    void trainersBeyondTheSizeOfTheGroupHaveNoRun() {
        Figures figures = Simulation.of(deployment(20, 10, 64), List.of(study(20, 0, RUN)));
        assertThat(figures.trainedSeconds()).isCloseTo(200, within(1e-9));
        assertThat(figures.idleShare()).isCloseTo(0.5, within(1e-9));
    }

    @Test
    void aStudyFillsItsTrainersByWhatMayBeQueuedAtATime() {
        Figures figures = Simulation.of(deployment(128, 200, 64), List.of(study(128, 0, RUN)));
        assertThat(figures.trainedSeconds()).isCloseTo(130, within(1e-9));
    }

    @Test
    void aLongRunAtTheHeadStallsTheQueue() {
        Deployment narrow = new Deployment(2, 1, 200, 10, 64, 30, 0, 0);
        List<RunLoad> runs = new ArrayList<>(Collections.nCopies(30, RUN));
        runs.set(0, new RunLoad("vgg19", 10_000, 27, 0, 0));
        Figures figures = Simulation.of(narrow, List.of(new StudyLoad(runs, 0)));
        assertThat(figures.stalledShare()).isGreaterThan(0.7);
        assertThat(figures.trainedSeconds()).isCloseTo(10_000 + 1_000, within(1e-9));
    }

    @Test
    void analysesWaitForAnalyzersAndTheReadModelForNobody() {
        RunLoad measured = new RunLoad("lenet", 100, 27, 10, 20);
        Figures figures = Simulation.of(deployment(1, 200, 64), List.of(study(1, 0, measured)));
        assertThat(figures.analyses()).isEqualTo(10);
        assertThat(figures.mostAnalyses()).isEqualTo(10);
        assertThat(figures.seconds()).isCloseTo(100 + 10 * 20, within(1e-9));
    }

    @Test
    void aSlowReadModelLagsBehindTheFacts() {
        Deployment slow = new Deployment(10, 1, 200, 2_000, 64, 30, 1, 5);
        Figures figures = Simulation.of(slow, List.of(study(10, 0, RUN)));
        assertThat(figures.factLagSeconds()).isCloseTo(10 * (26 + 5), within(1e-9));
    }

    private static Deployment deployment(int trainers, int groupSize, int queued) {
        return new Deployment(trainers, 1, groupSize, 2_000, queued, 30, 0, 0);
    }

    private static StudyLoad study(int bases, int children, RunLoad run) {
        return new StudyLoad(Collections.nCopies(bases, run), children);
    }
}
