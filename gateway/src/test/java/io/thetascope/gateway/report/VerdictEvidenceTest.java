package io.thetascope.gateway.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.thetascope.contracts.analysis.AnalysisKind;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.json.Json;
import io.thetascope.contracts.study.PlannedRun;
import io.thetascope.gateway.report.page.ReportPage;
import io.thetascope.gateway.verdict.CellValue;
import io.thetascope.gateway.verdict.Outcome;
import io.thetascope.gateway.verdict.Replicate;
import io.thetascope.gateway.verdict.Verdict;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** From the facts of a study to its verdicts: the quick study has one seed of four cells of LeNet. */
class VerdictEvidenceTest {
    private static final PlannedRun BASE = QuickStudy.bases().get(0);
    private static final RunId FLIP = QuickStudy.family(BASE).get(0).runId();
    private static final RunId EPSILON = QuickStudy.family(BASE).get(1).runId();
    private static final RunId SAME = QuickStudy.family(BASE).get(2).runId();
    private static final RunId NEW = QuickStudy.family(BASE).get(3).runId();

    @Test
    void oneSeedDecidesNothingThatVariesWithIt() {
        Report report = ReportFixture.finished("quick").report();
        assertThat(report.verdicts().items())
                .extracting(Verdict::verdict)
                .containsExactly(
                        Outcome.NOT_APPLICABLE, // no ResNet
                        Outcome.NOT_APPLICABLE,
                        Outcome.NOT_APPLICABLE, // not on CIFAR-10
                        Outcome.NOT_APPLICABLE,
                        Outcome.NOT_APPLICABLE, // no huge network
                        Outcome.NOT_APPLICABLE,
                        Outcome.UNDERPOWERED,
                        Outcome.UNDERPOWERED,
                        Outcome.UNDERPOWERED,
                        Outcome.UNDERPOWERED);
    }

    @Test
    void takesTheNumbersThatTheOtherSectionsShow() {
        Report report = ReportFixture.finished("quick").report();
        Retraining epsilon = known(ReportTest.row(report, EPSILON).retraining());
        Retraining flip = known(ReportTest.row(report, FLIP).retraining());

        CellValue effect = verdict(report, 7).values().get(0);
        assertThat(effect.cell()).isEqualTo("lenet · fashion-mnist · kaiming-uniform · sgd · epsilon 1.0E-6");
        assertThat(effect.perSeed()).containsExactly(new Replicate("1", known(epsilon.effectToNull())));
        assertThat(verdict(report, 7).runs()).contains(EPSILON, BASE.runId(), SAME, NEW);
        CellValue matched = verdict(report, 7).values().get(4);
        assertThat(matched.mean()).isEqualTo(matched(report, EPSILON) - matched(report, SAME));

        // LeNet has no BatchNorm: four cells, each with the raw ratio alone
        assertThat(verdict(report, 8).values()).hasSize(4);
        assertThat(verdict(report, 8).values().get(0).mean()).isEqualTo(known(flip.ratioToDrift()));

        assertThat(verdict(report, 9).values())
                .singleElement()
                .extracting(CellValue::mean)
                .isEqualTo(report.comparisons().stream()
                        .filter(row -> row.kind() == AnalysisKind.PAIR)
                        .map(row -> known(row.features().matchedNet()).net())
                        .findFirst()
                        .orElseThrow());
        assertThat(verdict(report, 10).values()).extracting(CellValue::mean).containsExactly(0.72, 0.33);
    }

    @Test
    void aDamagedCheckpointTakesItsNumbersAwayAndLeavesNoZero() {
        Report report = ReportFixture.finished("quick")
                .damaged(SAME, BASE.spec().schedule().lastStep())
                .report();
        for (int number : List.of(7, 8)) {
            CellValue first = verdict(report, number).values().get(0);
            assertThat(first.n()).isZero();
            assertThat(first.mean()).isNull();
            assertThat(first.note()).contains("1 without this number");
        }
    }

    @Test
    void aDivergedParentIsNotWorthDiscussing() {
        Report report = ReportFixture.finished("quick")
                .with(BASE.runId(), "diverged", "loss not finite at step 12")
                .report();
        for (int number : List.of(7, 8, 9, 10)) {
            assertThat(verdict(report, number).verdict()).isEqualTo(Outcome.GATE_NOT_MET);
            assertThat(verdict(report, number).runs()).doesNotContain(BASE.runId());
        }
    }

    @Test
    void aTwinThatIsStillTrainingIsWaitedFor() {
        Report report =
                ReportFixture.finished("quick").with(NEW, "running", null).report();
        CellValue effect = verdict(report, 7).values().get(0);
        assertThat(effect.n()).isZero();
        assertThat(effect.note()).contains("1 not finished");
    }

    @Test
    void jsonHoldsTheWordsOfTheMeasures() {
        JsonNode verdicts = Json.read(
                ReportJson.bytes(ReportFixture.finished("quick").report().verdicts()), JsonNode.class);
        JsonNode first = verdicts.path("items").path(0);
        assertThat(first.path("verdict").asText()).isEqualTo("not-applicable");
        assertThat(first.path("thresholds").path(0).path("relation").asText()).isEqualTo(">");
        assertThat(first.path("thresholds").path(0).path("number").asDouble()).isEqualTo(0.6);
        assertThat(first.path("gate").asText()).isEqualTo("θ₁ at least at 80 % on fashion-mnist");
        assertThat(verdicts.path("items").path(6).path("values").path(0).has("beyond"))
                .isTrue();
    }

    @Test
    void thePageShowsEveryClaimWithItsVerdictAndWhy() {
        Report report = ReportFixture.finished("quick").report();
        String html = ReportPage.html(report);
        assertThat(html).contains("<h2 id=\"verdicts\">Verdicts</h2>");
        report.verdicts()
                .items()
                .forEach(verdict -> assertThat(html)
                        .contains(verdict.number() + ". " + verdict.claim().replace("'", "&#39;"))
                        .contains(verdict.verdict().word() + "</span>"));
        assertThat(html).contains("fewer than three seeds with a value, so no interval");
    }

    private static double matched(Report report, RunId child) {
        return report.comparisons().stream()
                .filter(row -> row.of(AnalysisKind.PERTURBATION, child) || row.of(AnalysisKind.TWIN, child))
                .map(row -> known(row.features().matchedCorrelation()))
                .findFirst()
                .orElseThrow();
    }

    private static Verdict verdict(Report report, int number) {
        return report.verdicts().items().get(number - 1);
    }

    private static <T> T known(@Nullable T value) {
        return Objects.requireNonNull(value);
    }
}
