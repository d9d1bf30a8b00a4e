package io.thetascope.gateway.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.identity.Step;
import io.thetascope.contracts.run.EpochFigures;
import io.thetascope.contracts.run.Figures;
import io.thetascope.contracts.study.PlannedRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class RegainedTest {
    private static final PlannedRun PARENT = QuickStudy.bases().get(0);
    private static final PlannedRun CHILD = QuickStudy.family(PARENT).get(0);

    @Test
    void isTheFirstEpochWithinHalfAPoint() {
        Regained regained = Regained.of(
                CHILD.spec(),
                history(CHILD.runId(), "finished", 0.09, 0.70, 0.824, 0.8254, 0.83),
                history(PARENT.runId(), "finished", 0.1, 0.83));
        assertThat(regained.target()).isCloseTo(0.825, within(1e-12));
        assertThat(regained.epochs()).isEqualTo(3);
        assertThat(regained.reason()).isNull();
    }

    @Test
    void countsAnAccuracyThatIsExactlyHalfAPointBelow() {
        // in binary 0.9 − 0.005 is above 0.895
        assertThat(Regained.of(
                                CHILD.spec(),
                                history(CHILD.runId(), "finished", 0.1, 0.895),
                                history(PARENT.runId(), "finished", 0.1, 0.9))
                        .epochs())
                .isEqualTo(1);
    }

    @Test
    void doesNotCountTheStartingPoint() {
        assertThat(Regained.of(
                                CHILD.spec(),
                                history(CHILD.runId(), "running", 0.83, 0.5),
                                history(PARENT.runId(), "finished", 0.1, 0.83))
                        .reason())
                .isEqualTo("not regained in 1 of 20 epochs");
    }

    @Test
    void saysInHowManyEpochsItWasNotRegained() {
        double[] never = new double[21];
        assertThat(Regained.of(
                                CHILD.spec(),
                                history(CHILD.runId(), "finished", never),
                                history(PARENT.runId(), "finished", 0.1, 0.83))
                        .reason())
                .isEqualTo("not regained in 20 epochs");
    }

    @Test
    void hasNoTargetWhileTheParentIsNotFinished() {
        Regained regained = Regained.of(
                CHILD.spec(),
                history(CHILD.runId(), "running", 0.1, 0.9),
                history(PARENT.runId(), "running", 0.1, 0.83));
        assertThat(regained.target()).isNull();
        assertThat(regained.reason()).isEqualTo("the accuracy of the trained model is not known");
    }

    @Test
    void isKnownOfTwinsToo() {
        Report report = ReportFixture.finished("quick").report();
        PlannedRun twin = QuickStudy.family(PARENT).get(2);
        Retraining retraining =
                Objects.requireNonNull(ReportTest.row(report, twin.runId()).retraining());
        assertThat(retraining.regained().epochs()).isNotNull();
    }

    private static RunHistory history(RunId run, String state, double... accuracies) {
        List<EpochFigures> epochs = new ArrayList<>();
        for (int epoch = 0; epoch < accuracies.length; epoch++) {
            Figures figures = new Figures(0.5, accuracies[epoch]);
            epochs.add(new EpochFigures(epoch, new Step(epoch * 32L), figures, figures));
        }
        return new RunHistory(run, state, null, epochs, List.of(), null, List.of(), null, null, null, null);
    }
}
