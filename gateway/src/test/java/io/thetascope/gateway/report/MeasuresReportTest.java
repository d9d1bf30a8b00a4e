package io.thetascope.gateway.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.thetascope.contracts.analysis.AnalysisKind;
import io.thetascope.contracts.analysis.ComparisonResult;
import io.thetascope.contracts.analysis.MovementResult;
import io.thetascope.contracts.event.AnalysisCompleted;
import io.thetascope.contracts.identity.Step;
import io.thetascope.contracts.json.Json;
import io.thetascope.contracts.study.PlannedRun;
import io.thetascope.gateway.report.page.ReportPage;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Features, order, symmetry, laziness and integrity in the report, and what damage takes out of it. */
class MeasuresReportTest {
    private static final PlannedRun SGD = QuickStudy.bases().get(0);
    private static final PlannedRun ADAM = QuickStudy.bases().get(1);
    private static final Step MIDDLE = SGD.spec().schedule().checkpointSteps().get(2);
    private static final Step END = SGD.spec().schedule().lastStep();

    private static JsonNode json(Report report) {
        return Json.read(ReportJson.bytes(report), JsonNode.class);
    }

    private static RunRow row(Report report, PlannedRun run) {
        return report.runs().stream()
                .filter(row -> row.runId().equals(run.runId()))
                .findFirst()
                .orElseThrow();
    }

    private static Report finished() {
        return ReportFixture.finished("quick").report();
    }

    @Test
    void putsFeaturesBesideThoseOfTheRunsOwnStart() {
        RunPanel panel = row(finished(), SGD).panel();
        assertThat(panel.end().participationRatio()).isEqualTo(12.4);
        assertThat(panel.start().participationRatio()).isEqualTo(11.4);
        assertThat(panel.end().withinClassMeanAbs()).isNotNull();
        List<String> lines = ReportCsv.text(finished()).lines().toList();
        int column = List.of(lines.get(0).split(",")).indexOf("start_participation_ratio");
        assertThat(lines.get(1).split(",", -1)[column]).isEqualTo("11.4");
    }

    @Test
    void givesComparisonsTheFeaturesOfTheTwoFlatAndNullWhereNotMeasured() {
        JsonNode measured = json(finished()).get("comparisons").get(0);
        assertThat(measured.get("matchedCorrelation").asDouble()).isBetween(0.5, 0.7);
        assertThat(measured.get("matchedNet").get("low").isNumber()).isTrue();
        assertThat(measured.get("cka").asDouble()).isEqualTo(0.74);
        assertThat(measured.get("ckaBiased").asDouble()).isEqualTo(0.78);
        JsonNode open = json(ReportFixture.finished("quick")
                        .without(SGD.runId())
                        .report())
                .get("comparisons")
                .get(0);
        assertThat(open.has("cka")).isTrue();
        assertThat(open.get("cka").isNull()).isTrue();
    }

    @Test
    void saysWhyFeaturesCouldNotBeComparedWhereWeightsCould() {
        String reason = "all units of the left are dead; compare runs that learned";
        Report report = ReportFixture.finished("quick")
                .changing(SGD.runId(), AnalysisKind.TWIN, fact -> withoutFeatures(fact, reason))
                .report();

        ComparisonRow twin = report.comparisons().stream()
                .filter(row -> row.of(AnalysisKind.TWIN, SGD.runId()))
                .findFirst()
                .orElseThrow();
        assertThat(twin.distance()).isNotNull();
        assertThat(twin.features().cka()).isNull();
        assertThat(twin.featuresAbsent()).isEqualTo(reason);
        assertThat(Json.tree(twin).get("featuresAbsent").asText()).isEqualTo(reason);
        assertThat(ReportPage.html(report)).contains("measured, but not the features: " + reason);
    }

    private static AnalysisCompleted withoutFeatures(AnalysisCompleted fact, String reason) {
        ComparisonResult result = Json.read(Objects.requireNonNull(fact.result()), ComparisonResult.class);
        return new AnalysisCompleted(
                fact.analysisId(),
                fact.attempt(),
                fact.request(),
                fact.outcome(),
                fact.reason(),
                fact.read(),
                Json.tree(result.withoutFeatures(reason)),
                fact.artifact(),
                fact.completedAt());
    }

    @Test
    void thePageHasATableForEveryMeasure() {
        String html = ReportPage.html(finished());
        assertThat(html)
                .contains("Features after the last step, beside the run&#39;s own start")
                .contains("What the features of two models have in common", "CKA, biased", "0.7400", "0.7800")
                .contains("twin, same seed of kaiming-uniform, sgd : sign flip of kaiming-uniform, sgd")
                .contains("conv1: 5, fc2: 10", "0: 5, 6: —", "no: 5 checkpoints order no blocks")
                .doesNotContain("independent")
                .contains("0.72 [0.30, 0.90]")
                .contains("Distance that knows symmetry", "1.2910", "= 1.3740", "1.0310", "122 of 126")
                .contains("Laziness", "± 0.002000", "24.00 %")
                .contains("Integrity")
                .doesNotContain("Damaged checkpoints");
    }

    @Test
    void aDamagedRunIsNeverShownAsAGoodOne() {
        Report report =
                ReportFixture.finished("quick").damaged(SGD.runId(), MIDDLE).report();

        RunRow row = row(report, SGD);
        assertThat(row.problems().get(0)).startsWith("step " + MIDDLE + " is damaged: damaged, restore the object");
        assertThat(row.panel().integrity()).isEqualTo("damaged");
        assertThat(row.pathLength()).isNull();
        assertThat(Objects.requireNonNull(report.movement().get(SGD.runId())).items())
                .extracting(MovementResult::toStep)
                .doesNotContain(MIDDLE);
        assertThat(Objects.requireNonNull(report.features().get(SGD.runId())).at(MIDDLE))
                .isEmpty();
        assertThat(report.order()).doesNotContainKey(SGD.runId()).containsKey(ADAM.runId());
        assertThat(report.study().analyses()).containsEntry("withheld", 6).containsEntry("measured", 289);
        assertThat(report.provenance().notMeasured())
                .filteredOn(m -> m.kind() == AnalysisKind.ORDER_AGREEMENT)
                .singleElement()
                .satisfies(m -> assertThat(m.reason()).contains(SGD.runId().value(), "is damaged"));
        String html = ReportPage.html(report);
        assertThat(html).contains("⚠ Damaged checkpoints: kaiming-uniform, sgd (" + SGD.runId() + ")");
        assertThat(html).contains("withheld: run " + SGD.runId() + ", step " + MIDDLE + " is damaged");
        assertThat(html).contains("<span class=\"state suspect\">damaged</span>");
    }

    @Test
    void noNumberOfADamagedEndIsReported() {
        Report report =
                ReportFixture.finished("quick").damaged(SGD.runId(), END).report();

        RunRow row = row(report, SGD);
        assertThat(row.endNorm()).isNull();
        assertThat(row.distanceFromStart()).isNull();
        assertThat(row.meanAbsCorrelation()).isNull();
        assertThat(row.panel().lazinessResidual()).isNull();
        assertThat(report.comparisons())
                .filteredOn(c -> c.left() != null && c.left().runId().equals(SGD.runId()))
                .isNotEmpty()
                .allSatisfy(c -> {
                    assertThat(c.outcome()).isEqualTo("withheld");
                    assertThat(c.distance()).isNull();
                    assertThat(c.features().cka()).isNull();
                });
        assertThat(report.alignment()).singleElement().satisfies(a -> {
            assertThat(a.outcome()).isEqualTo("withheld");
            assertThat(a.numbers()).isNull();
        });
        RunRow child = report.runs().stream()
                .filter(r -> SGD.runId().equals(r.parentRunId()))
                .findFirst()
                .orElseThrow();
        Retraining retraining = child.retraining();
        assertThat(retraining == null ? null : retraining.recovery()).isNull();
    }

    @Test
    void aRunThatWasNotAuditedIsNotCalledSound() {
        Report report = ReportFixture.finished("quick").without(SGD.runId()).report();
        assertThat(row(report, SGD).panel().integrity()).isEqualTo("not audited");
        assertThat(row(report, ADAM).panel().integrity()).isEqualTo("sound");
    }
}
