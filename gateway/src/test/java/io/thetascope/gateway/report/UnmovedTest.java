package io.thetascope.gateway.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.thetascope.contracts.analysis.AnalysisInput;
import io.thetascope.contracts.analysis.AnalysisKind;
import io.thetascope.contracts.analysis.AnalysisOutcome;
import io.thetascope.contracts.analysis.AnalysisRequest;
import io.thetascope.contracts.analysis.Attribution;
import io.thetascope.contracts.analysis.LayerMovement;
import io.thetascope.contracts.analysis.MovementResult;
import io.thetascope.contracts.analysis.RunAnalyses;
import io.thetascope.contracts.event.AnalysisCompleted;
import io.thetascope.contracts.identity.Attempt;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.identity.StudyId;
import io.thetascope.contracts.json.Json;
import io.thetascope.contracts.run.CheckpointSchedule;
import io.thetascope.contracts.run.DatasetUse;
import io.thetascope.contracts.run.Initialization;
import io.thetascope.contracts.run.InputShape;
import io.thetascope.contracts.run.OptimizerSpec;
import io.thetascope.contracts.run.RunSpec;
import io.thetascope.contracts.run.Seeds;
import io.thetascope.contracts.study.AcceptedStudy;
import io.thetascope.contracts.study.PlannedRun;
import io.thetascope.contracts.study.RunRole;
import io.thetascope.contracts.study.StudySpec;
import io.thetascope.gateway.damage.Damage;
import io.thetascope.gateway.reading.AnalysisReading;
import io.thetascope.gateway.reading.MovementView;
import io.thetascope.gateway.report.page.ReportPage;
import io.thetascope.networks.NetworkDescription;
import io.thetascope.networks.Networks;
import io.thetascope.networks.Parameter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** One run of ResNet18 in a report; its numbers are those of MEASURES §2. */
class UnmovedTest {
    private static final InputShape INPUT = new InputShape(3, 32, 32);
    private static final NetworkDescription RESNET = Networks.named("resnet18", INPUT);
    private static final long ALL = 11_181_642;
    private static final long DEAD = 6_946_816;

    /** A report of one run whose geometry-dead weights stayed but for so many in layer4.0.conv1. */
    private static Report report(double weightDecay, @Nullable Attribution found) {
        return Report.of(data(weightDecay, found));
    }

    private static ReportData data(double weightDecay, @Nullable Attribution found) {
        PlannedRun run = planned(weightDecay);
        List<AnalysisRequest> requests = RunAnalyses.of(run.spec()).stream()
                .filter(request -> request.kind() == AnalysisKind.MOVEMENT)
                .toList();
        StudySpec spec = Json.read(
                "{\"networks\": [\"resnet18\"], \"datasets\": [\"fashion-mnist\"]}".getBytes(StandardCharsets.UTF_8),
                StudySpec.class);
        AcceptedStudy study = new AcceptedStudy(StudyId.ofCanonical("resnet"), spec, List.of(), List.of(run), requests);
        List<AnalysisCompleted> analyses = found == null ? List.of() : List.of(measured(requests.get(0), found));
        return new ReportData(study, "running", ReportFixture.NOON, null, List.of(), analyses, Damage.NONE, "0.1.0");
    }

    /** A report of one run that ended so; its movement was refused where a reason is given. */
    private static String ended(String state, @Nullable String reason, @Nullable String refusal) {
        ReportData waiting = data(0, null);
        RunId run = waiting.study().runs().get(0).runId();
        RunHistory history =
                new RunHistory(run, state, reason, List.of(), List.of(), null, List.of(), null, null, null, null);
        AnalysisCompleted refused =
                ReportFixture.refused(measured(waiting.study().analyses().get(0), expected()), String.valueOf(refusal));
        List<AnalysisCompleted> analyses = refusal == null ? List.of() : List.of(refused);
        return ReportPage.html(Report.of(new ReportData(
                waiting.study(),
                "running",
                ReportFixture.NOON,
                null,
                List.of(history),
                analyses,
                Damage.NONE,
                "0.1.0")));
    }

    private static PlannedRun planned(double weightDecay) {
        RunSpec spec = new RunSpec(
                RunSpec.FORMAT,
                "resnet18",
                INPUT,
                new DatasetUse("fashion-mnist", QuickStudy.IMAGES, 400, 0, 200),
                Initialization.drawn(Initialization.KAIMING_UNIFORM),
                OptimizerSpec.sgd(0.01, 0.9, weightDecay, 0),
                64,
                1,
                new CheckpointSchedule(1, false),
                Seeds.ofBase(1),
                1,
                true,
                null);
        return new PlannedRun(spec.id(), RunRole.BASE, 1, spec);
    }

    private static AnalysisCompleted measured(AnalysisRequest request, Attribution whole) {
        AnalysisInput to = request.input(AnalysisInput.TO).orElseThrow();
        Map<String, Double> changed = Map.of("0", 1 - (double) whole.unchanged() / ALL);
        List<LayerMovement> layers = RESNET.parameters().stream()
                .map(parameter -> layer(parameter, whole.geometryDeadChanged(), changed))
                .toList();
        MovementResult result = new MovementResult(
                request.input(AnalysisInput.FROM).orElseThrow().step(),
                to.step(),
                ALL,
                1,
                1,
                120,
                120,
                0.01,
                0.99,
                changed,
                whole,
                layers,
                null,
                null,
                null,
                List.of(),
                null);
        return new AnalysisCompleted(
                request.id(),
                Attempt.of(0, 1),
                request,
                AnalysisOutcome.MEASURED,
                null,
                List.of(),
                Json.tree(result),
                null,
                ReportFixture.NOON);
    }

    private static LayerMovement layer(Parameter parameter, long changedDead, Map<String, Double> changed) {
        long predicted = RESNET.deadTaps(parameter).count(parameter.size());
        long moved = parameter.name().equals("layer4.0.conv1.weight") ? changedDead : 0;
        Attribution attribution =
                new Attribution(true, predicted - moved, predicted - moved, 0, 0, 0, 0, predicted, moved);
        return new LayerMovement(
                parameter.name(),
                "weight",
                parameter.size(),
                1,
                1,
                1,
                1,
                1,
                1.0,
                1.0,
                changed,
                attribution,
                null,
                null);
    }

    private static Attribution expected() {
        return new Attribution(true, DEAD + 12, DEAD, 0, 0, 12, 0, DEAD, 0);
    }

    private static RunRow row(Report report) {
        return report.runs().get(0);
    }

    @Test
    void saysTheShareAndItsCausesInWords() {
        String html = ReportPage.html(report(0, expected()));

        assertThat(html)
                .contains("62.13 % never moved: 6,946,816 weights are geometry-dead (their kernel taps can only meet"
                        + " padding at 3x32x32), 0 data-dead, 0 absorbed, 12 returned; 0 unexplained")
                .doesNotContain("⚠");
    }

    @Test
    void showsTheLayersWithDeadTapsAndWhatWasPredictedBesideWhatWasFound() {
        // When
        Report report = report(0, expected());

        // Then MEASURES §2: 5/9 and three times 8/9, nothing else
        assertThat(Objects.requireNonNull(row(report).unmoved()).layers())
                .extracting(layer -> layer.name() + " " + layer.deadTaps() + "/" + layer.taps() + " "
                        + layer.predictedGeometryDead() + " "
                        + Objects.requireNonNull(layer.found()).geometryDead())
                .containsExactly(
                        "layer4.0.conv1.weight 5/9 655360 655360",
                        "layer4.0.conv2.weight 8/9 2097152 2097152",
                        "layer4.1.conv1.weight 8/9 2097152 2097152",
                        "layer4.1.conv2.weight 8/9 2097152 2097152");
        assertThat(ReportPage.html(report))
                .contains("Predicted before training")
                .contains("<td class=\"number\">5/9</td>")
                .contains("<td class=\"number\">8/9</td>");
    }

    @Test
    void showsThePredictionBeforeAnythingIsMeasured() {
        Report report = report(0, null);

        assertThat(row(report).problems()).isEmpty();
        assertThat(ReportPage.html(report))
                .contains("not measured yet; predicted: at least 62.13 % of 11,181,642 never move")
                .contains("<td class=\"number\">6,946,816</td>");
    }

    @Test
    void predictsNothingThatWeightDecayMakesUntrue() {
        assertThat(ReportPage.html(report(5e-4, null)))
                .contains(
                        "not measured yet; predicted: at least 62.13 % of 11,181,642 (6,946,816 weights) get no gradient"
                                + " from any image; weight decay of 5×10⁻⁴ moves them")
                .doesNotContain("never move<");
    }

    @Test
    void saysOfARunThatEndedWhyItWasNotMeasured() {
        String predicted = "; predicted: at least 62.13 % of 11,181,642 never move";
        assertThat(ended("diverged", "loss is not finite", null))
                .contains("was not measured: the run diverged: loss is not finite" + predicted)
                .doesNotContain("not measured yet");
        assertThat(ended("skipped", null, null)).contains("was not measured: the run was skipped" + predicted);
        assertThat(ended("cancelled", null, null)).contains("was not measured: the run was cancelled" + predicted);
        assertThat(ended("failed", "no memory", "run failed"))
                .contains("was not measured: the run failed: no memory" + predicted);
        assertThat(ended("finished", null, "the checkpoint is damaged"))
                .contains("was not measured: refused: the checkpoint is damaged" + predicted);
        assertThat(ended("finished", null, null)).contains("not measured yet" + predicted);
    }

    @Test
    void movementOfAStepIsShownOnceWithItsCauses() {
        // Given a step that an older analyzer measured too
        AnalysisRequest request = RunAnalyses.of(planned(0).spec()).stream()
                .filter(r -> r.kind() == AnalysisKind.MOVEMENT)
                .findFirst()
                .orElseThrow();
        MovementResult counted =
                Json.read(Objects.requireNonNull(measured(request, expected()).result()), MovementResult.class);
        MovementResult old = new MovementResult(
                counted.fromStep(),
                counted.toStep(),
                ALL,
                1,
                1,
                120,
                120,
                0.01,
                0.99,
                counted.changed(),
                null,
                List.of(),
                null,
                null,
                null,
                List.of(),
                null);

        AnalysisReading.Known now = known(request, counted);
        AnalysisReading.Known before = known(new AnalysisRequest(request.kind(), 2, request.inputs(), null), old);

        // Then in either order
        RunId run = planned(0).runId();
        assertThat(MovementView.of(run, List.of(before, now), Damage.NONE).items())
                .containsExactly(counted);
        assertThat(MovementView.of(run, List.of(now, before), Damage.NONE).items())
                .containsExactly(counted);
        assertThat(MovementView.of(run, List.of(now, before), Damage.NONE).pathLength())
                .isEqualTo(1.0);
    }

    private static AnalysisReading.Known known(AnalysisRequest request, MovementResult result) {
        return new AnalysisReading.Known(
                request.id(),
                request,
                "measured",
                new AnalysisCompleted(
                        request.id(),
                        Attempt.of(0, 1),
                        request,
                        AnalysisOutcome.MEASURED,
                        null,
                        List.of(),
                        Json.tree(result),
                        null,
                        ReportFixture.NOON));
    }

    @Test
    void marksWhatIsUnexplainedWithoutEvidenceAndTrustsTheRunAllTheSame() {
        Report report = report(0, new Attribution(false, DEAD + 7, DEAD, 0, 0, 0, 7, DEAD, 0));

        assertThat(row(report).problems()).isEmpty();
        assertThat(ReportPage.html(report))
                .contains("<strong class=\"problem\">⚠ 7 unchanged parameters are unexplained: no evidence was kept");
    }

    @Test
    void distrustsARunWhoseEvidenceContradictsItself() {
        Report report = report(0, new Attribution(true, DEAD + 7, DEAD, 0, 0, 0, 7, DEAD, 0));

        assertThat(row(report).problems())
                .containsExactly("7 unchanged parameters are unexplained: the evidence contradicts itself");
        assertThat(ReportPage.html(report)).contains("⚠ 7 unchanged parameters are unexplained");
    }

    @Test
    void distrustsAPredictionThatTheMeasurementDoesNotShare() {
        Report report = report(0, new Attribution(true, 10, 10, 0, 0, 0, 0, 10, 0));

        assertThat(row(report).problems())
                .containsExactly("the analysis took 10 weights for geometry-dead, the description predicts 6,946,816");
    }

    @Test
    void marksGeometryDeadWeightsThatChangedUnlessWeightDecayMovesThem() {
        // Given
        Attribution moved = new Attribution(true, DEAD - 5, DEAD - 5, 0, 0, 0, 0, DEAD, 5);

        // Then
        assertThat(row(report(0, moved)).problems())
                .containsExactly("5 geometry-dead weights changed though they never meet a pixel and no weight decay"
                        + " moves them");
        assertThat(row(report(5e-4, moved)).problems()).isEmpty();
        assertThat(ReportPage.html(report(5e-4, moved)))
                .contains("5 geometry-dead weights changed: weight decay of 5×10⁻⁴ moves them without any image");
    }

    @Test
    void carriesTheCountsInJsonAndCsv() {
        // When
        Report report = report(0, expected());
        JsonNode found = Json.read(ReportJson.bytes(row(report)), JsonNode.class)
                .get("unmoved")
                .get("found");
        List<String> lines = ReportCsv.text(report).lines().toList();
        List<String> names = List.of(lines.get(0).split(",", -1));
        String[] record = lines.get(1).split(",", -1);

        // Then
        assertThat(found.get("geometryDead").asLong()).isEqualTo(DEAD);
        assertThat(found.get("returned").asLong()).isEqualTo(12);
        assertThat(record[names.indexOf("geometry_dead")]).isEqualTo("6946816");
        assertThat(record[names.indexOf("predicted_geometry_dead")]).isEqualTo("6946816");
        assertThat(record[names.indexOf("unexplained")]).isEqualTo("0");
        assertThat(record[names.indexOf("evidence")]).isEqualTo("true");
    }
}
