package io.thetascope.gateway.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.thetascope.contracts.analysis.AnalysisKind;
import io.thetascope.contracts.run.Perturbation;
import io.thetascope.contracts.study.PlannedRun;
import io.thetascope.contracts.study.RunRole;
import io.thetascope.gateway.report.answer.Answer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AnswerTest {
    private static final double NULL_DISTANCE = 2.3 * 0.9;

    @Test
    void givesTheMeanAndStudentsIntervalOverSeeds() {
        ReportFixture fixture = ReportFixture.overSeeds("lenet", "fashion-mnist", 1, 2, 3);
        double[] ratios = {1.0, 2.0, 3.0};
        int seed = 0;
        for (PlannedRun flip : flips(fixture)) {
            double effect = ratios[seed++] * NULL_DISTANCE;
            fixture.changing(flip.runId(), AnalysisKind.EFFECT, a -> ReportFixture.with(a, "distance", effect));
        }
        Answer answer = fixture.report().answers().get(0);

        assertThat(answer.perturbation()).isEqualTo(Perturbation.signFlip());
        assertThat(answer.runs()).hasSize(3);
        assertThat(answer.effectToNull().mean()).isCloseTo(2, within(1e-12));
        // t(0.975, 2) = 4.302653, s = 1: half width 2.484138
        assertThat(answer.effectToNull().low()).isCloseTo(2 - 2.484138, within(1e-6));
        assertThat(answer.effectToNull().high()).isCloseTo(2 + 2.484138, within(1e-6));
        assertThat(answer.effectToNull().least()).isCloseTo(1, within(1e-12));
    }

    @Test
    void hasNoIntervalForOneSeed() {
        Answer answer = ReportFixture.finished("quick").report().answers().get(0);
        assertThat(answer.effectToNull().n()).isEqualTo(1);
        assertThat(answer.effectToNull().mean()).isNotNull();
        assertThat(answer.effectToNull().low()).isNull();
    }

    @Test
    void keepsCellsAndPerturbationsApart() {
        List<Answer> answers = ReportFixture.finished("quick").report().answers();
        assertThat(answers).hasSize(8).allMatch(answer -> answer.runs().size() == 1);
    }

    @Test
    void leavesRecoveryAbsentWhereTheDisplacementIsBelowDrift() {
        Answer epsilon = ReportFixture.overSeeds("lenet", "fashion-mnist", 1, 2, 3)
                .report()
                .answers()
                .get(1);
        assertThat(epsilon.recovery().n()).isZero();
        assertThat(epsilon.recovery().mean()).isNull();
        assertThat(epsilon.effectToNull().n()).isEqualTo(3);
    }

    @Test
    void leavesRunsBelowTheGateOutAndCountsThem() {
        // the plausible accuracies are about 0.83, below the gate of MNIST
        Answer answer = ReportFixture.overSeeds("lenet", "mnist", 1, 2, 3)
                .report()
                .answers()
                .get(0);
        assertThat(answer.belowGate()).isEqualTo(3);
        assertThat(answer.counted()).isZero();
        assertThat(answer.effectToNull().n()).isZero();
    }

    @Test
    void leavesARunOutWhoseTwinIsBelowTheGate() {
        // Given a twin that learned nothing: it is far from the other, so that E / N is small whatever the run does
        Map<String, Object> figures = Map.of("effectToNull", 0.1, "regained", Map.of("epochs", 1));
        List<RunRow> rows = List.of(
                SyntheticRow.base(1).gate(0.8, true).row(),
                SyntheticRow.twin(2, 1, "new-seed").gate(0.8, false).row(),
                SyntheticRow.perturbed(3, 1, "epsilon", 1e-6)
                        .gate(0.8, true)
                        .set("retraining", figures)
                        .row());

        // When
        Answer answer = Answer.of(rows).get(0);

        // Then
        assertThat(answer.belowGate()).isEqualTo(1);
        assertThat(answer.effectToNull().n()).isZero();
    }

    private static List<PlannedRun> flips(ReportFixture fixture) {
        return fixture.study().runs().stream()
                .filter(run -> run.role() == RunRole.PERTURBED && PlausibleNumbers.flipped(run))
                .toList();
    }
}
