package io.thetascope.gateway.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thetascope.contracts.analysis.AnalysisKind;
import io.thetascope.contracts.analysis.ComparisonResult;
import io.thetascope.contracts.event.AnalysisCompleted;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.json.Json;
import io.thetascope.contracts.study.PlannedRun;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReportTest {
    private static final PlannedRun BASE = QuickStudy.bases().get(0);
    private static final PlannedRun FLIP = QuickStudy.family(BASE).get(0);
    private static final PlannedRun EPSILON = QuickStudy.family(BASE).get(1);
    private static final PlannedRun TWIN = QuickStudy.family(BASE).get(2);

    @Test
    void hasOneLinePerPlannedRunInTheStudysOrder() {
        ReportFixture fixture = ReportFixture.finished("quick");
        assertThat(fixture.report().runs())
                .extracting(RunRow::runId)
                .containsExactlyElementsOf(
                        fixture.study().runs().stream().map(PlannedRun::runId).toList())
                .hasSize(20);
    }

    @Test
    void putsTheNumbersOfMovementAndFeaturesIntoTheirColumns() {
        Report report = ReportFixture.finished("quick").report();
        RunRow row = row(report, BASE.runId());
        var movement = known(report.movement().get(BASE.runId()));
        var last = movement.items().get(3);

        assertThat(row.startNorm()).isEqualTo(last.startNorm());
        assertThat(row.endNorm()).isEqualTo(last.norm());
        assertThat(row.distances())
                .extracting(Leg::place)
                .containsExactly(epochs(0, 5), epochs(5, 10), epochs(10, 15), epochs(15, 20));
        assertThat(row.distances())
                .extracting(Leg::distance)
                .containsExactlyElementsOf(movement.items().stream()
                        .map(item -> (Double) item.distance())
                        .toList());
        assertThat(row.changed()).isEqualTo(0.9991);
        assertThat(row.pathLength())
                .isCloseTo(
                        movement.items().stream().mapToDouble(i -> i.distance()).sum(), within(1e-12));
        assertThat(row.straightness()).isEqualTo(last.distanceFromStart() / known(row.pathLength()));
        assertThat(row.meanAbsCorrelation())
                .isEqualTo(known(report.features().get(BASE.runId()))
                        .items()
                        .get(4)
                        .meanAbsCorrelation());
        assertThat(row.accuracy()).isEqualTo(known(row.test()).accuracy());
        assertThat(row.gateMet()).isTrue();
        assertThat(row.retraining()).isNull();
    }

    @Test
    void holdsAFlippedRunAgainstItsParentAndTheTwins() {
        Report report = ReportFixture.finished("quick").report();
        Retraining r = known(row(report, FLIP.runId()).retraining());
        ComparisonRow triangle = comparison(report, AnalysisKind.PERTURBATION, FLIP.runId());

        assertThat(r.recovery()).isEqualTo(triangle.recovery());
        assertThat(r.recoveryLabel()).isNull();
        assertThat(r.departure()).isEqualTo(known(r.moved()) / known(r.displaced()));
        assertThat(r.effect()).isEqualTo(47.9);
        assertThat(r.nullDistance()).isEqualTo(2.3 * 0.9);
        assertThat(r.effectToNull()).isEqualTo(47.9 / (2.3 * 0.9));
    }

    @Test
    void saysDisplacementBelowDriftInsteadOfRecovery() {
        Report report = ReportFixture.finished("quick").report();
        Retraining r = known(row(report, EPSILON.runId()).retraining());

        assertThat(r.recovery()).isNull();
        assertThat(r.recoveryLabel()).isEqualTo(ComparisonResult.BELOW_DRIFT);
        // the comparison itself keeps the raw number
        assertThat(comparison(report, AnalysisKind.PERTURBATION, EPSILON.runId())
                        .recovery())
                .isNotNull();
    }

    @Test
    void leavesATwinWithoutRecoveryAndDeparture() {
        Retraining r = known(
                row(ReportFixture.finished("quick").report(), TWIN.runId()).retraining());
        assertThat(r.distance()).isNotNull();
        assertThat(List.of(r)).allMatch(t -> t.recovery() == null && t.departure() == null && t.displaced() == null);
    }

    @Test
    void leavesNumbersThatAreNotKnownNullAndNeverZero() {
        Report report = ReportFixture.finished("quick")
                .unheard(BASE.runId())
                .without(BASE.runId())
                .report();
        JsonNode row = tree(report.runs()).get(0);

        assertThat(row.get("state").asText()).isEqualTo("waiting");
        for (String number :
                List.of("accuracy", "startNorm", "endNorm", "changed", "meanAbsCorrelation", "pathLength")) {
            assertThat(row.get(number).isNull()).as(number).isTrue();
        }
        assertThat(row.get("distances").findValues("distance")).hasSize(4).allMatch(leg -> leg.isNull());
    }

    @Test
    void givesADivergedRunNoAccuracyAndFailsItsGate() {
        RunRow row = row(
                ReportFixture.finished("quick")
                        .with(BASE.runId(), "diverged", "loss not finite at step 12")
                        .report(),
                BASE.runId());
        assertThat(row.accuracy()).isNull();
        assertThat(row.gateMet()).isFalse();
        assertThat(row.problems()).containsExactly("diverged: loss not finite at step 12");
    }

    @Test
    void namesARefusedAnalysisAtItsRunAndKeepsThePathLengthBack() {
        Report report = ReportFixture.finished("quick")
                .changing(
                        BASE.runId(),
                        AnalysisKind.MOVEMENT,
                        a -> isTo(a, 320) ? ReportFixture.refused(a, "checkpoint a1b2@320: digest differs") : a)
                .report();
        RunRow row = row(report, BASE.runId());

        assertThat(row.problems()).containsExactly("movement to step 320 refused: checkpoint a1b2@320: digest differs");
        assertThat(row.pathLength()).isNull();
        assertThat(row.distances().get(1).distance()).isNull();
        assertThat(row.endNorm()).isNotNull();
        assertThat(report.study().analyses()).containsEntry("refused", 1).containsEntry("measured", 294);
        assertThat(report.provenance().notMeasured()).hasSize(1);
    }

    @Test
    void countsAResultWithANumberThatWasNotFiniteAsFailed() {
        Report report = ReportFixture.finished("quick")
                .changing(BASE.runId(), AnalysisKind.MOVEMENT, ReportTest::withoutDistance)
                .report();
        assertThat(row(report, BASE.runId()).endNorm()).isNull();
        assertThat(report.study().analyses()).containsEntry("failed", 4);
    }

    @Test
    void isTheSameToTheLastBitInAnotherHomeButForItsProvenance() {
        Map<String, JsonNode> here = sections(ReportFixture.finished("quick").report());
        Map<String, JsonNode> there =
                sections(ReportFixture.finished("quick").elsewhere().report());

        assertThat(there.keySet()).isEqualTo(here.keySet());
        here.forEach((name, section) -> {
            if (!name.equals("provenance")) {
                assertThat(known(there.get(name)).toString()).as(name).isEqualTo(section.toString());
            }
        });
        assertThat(there.get("provenance")).isNotEqualTo(here.get("provenance"));
    }

    @Test
    void hasTheSectionsOfTheApi() {
        Report report = ReportFixture.finished("quick").report();
        assertThat(sections(report).keySet())
                .containsExactly(
                        "study",
                        "runs",
                        "epochs",
                        "movement",
                        "features",
                        "order",
                        "laziness",
                        "integrity",
                        "comparisons",
                        "orderAgreement",
                        "alignment",
                        "paths",
                        "symmetries",
                        "barriers",
                        "answers",
                        "deck",
                        "factors",
                        "escape",
                        "verdicts",
                        "provenance");
        assertThat(report.verdicts().items()).hasSize(10);
        assertThat(ReportJson.bytes(report)).isEqualTo(ReportJson.bytes(report));
    }

    @Test
    void quotesTheStudyForAShell() {
        String post = ReportFixture.finished("it's")
                .report()
                .provenance()
                .commands()
                .get(0)
                .line();
        assertThat(post).contains("\"name\":\"it'\\''s\"").endsWith("}'");
    }

    private static <T> T known(@Nullable T value) {
        return Objects.requireNonNull(value);
    }

    private static Leg.Place epochs(int from, int to) {
        return new Leg.Place("epoch", from, to);
    }

    private static boolean isTo(AnalysisCompleted analysis, long step) {
        return analysis.request().input("to").orElseThrow().step().value() == step;
    }

    private static AnalysisCompleted withoutDistance(AnalysisCompleted a) {
        ObjectNode result = ((ObjectNode) known(a.result())).deepCopy();
        result.putNull("distance");
        return new AnalysisCompleted(
                a.analysisId(),
                a.attempt(),
                a.request(),
                a.outcome(),
                a.reason(),
                a.read(),
                result,
                a.artifact(),
                a.completedAt());
    }

    static RunRow row(Report report, RunId run) {
        return report.runs().stream()
                .filter(row -> row.runId().equals(run))
                .findFirst()
                .orElseThrow();
    }

    private static ComparisonRow comparison(Report report, AnalysisKind kind, RunId run) {
        return report.comparisons().stream()
                .filter(c -> c.of(kind, run))
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode tree(Object section) {
        return Json.read(ReportJson.bytes(section), JsonNode.class);
    }

    private static Map<String, JsonNode> sections(Report report) {
        Map<String, JsonNode> sections = new LinkedHashMap<>();
        tree(report).properties().forEach(field -> sections.put(field.getKey(), field.getValue()));
        return sections;
    }
}
