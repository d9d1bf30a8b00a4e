package io.thetascope.gateway.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.thetascope.contracts.identity.Digest;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.json.Json;
import io.thetascope.contracts.run.Environment;
import io.thetascope.contracts.run.EpochFigures;
import io.thetascope.contracts.run.Figures;
import io.thetascope.contracts.study.AcceptedStudy;
import io.thetascope.gateway.damage.Damage;
import io.thetascope.gateway.report.page.ReportPage;
import io.thetascope.gateway.testing.Samples;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the report says of how its runs were trained. */
class ReportFactsTest {
    private static final RunId RUN = QuickStudy.bases().get(0).runId();
    private static final Environment OTHER_CPU =
            new Environment("2.7.1", "AVX2", 1, "cpu", "0.35.1", "17.0.15", "Linux amd64");
    private static final Environment GPU =
            new Environment("2.7.1", "AVX2", 1, "cuda:0", "0.35.1", "17.0.15", "Linux amd64");
    private static final String NOT_REPEATABLE = "the order of additions in the kernels of cuDNN and cuBLAS";

    private static RunHistory with(
            RunHistory known, List<EpochFigures> epochs, Environment environment, List<Environment> earlier) {
        return new RunHistory(
                known.runId(),
                known.state(),
                known.reason(),
                epochs,
                known.checkpoints(),
                environment,
                earlier,
                known.attempt(),
                known.startedAt(),
                known.finishedAt(),
                known.imagesPerSecond());
    }

    private static Report computed(Environment environment, List<Environment> earlier) {
        return ReportFixture.finished("quick")
                .changing(RUN, known -> with(known, known.epochs(), environment, earlier))
                .report();
    }

    private static JsonNode json(Report report) {
        return Json.read(ReportJson.bytes(report), JsonNode.class);
    }

    @Test
    void drawsTheAccuracyOnHeldBackImagesBesideThatOfTheTest() {
        Report report = ReportFixture.finished("quick")
                .changing(RUN, known -> with(known, validated(known), OTHER_CPU, List.of()))
                .report();
        assertThat(ReportPage.html(report))
                .contains("Test and validation accuracy by epoch")
                .contains("kaiming-uniform, sgd, validation: from 0.25 to 0.25")
                .doesNotContain("kaiming-uniform, adam, validation");
        assertThat(json(report).at("/epochs/" + RUN + "/3/validation/accuracy").doubleValue())
                .isEqualTo(0.25);
    }

    private static List<EpochFigures> validated(RunHistory known) {
        return known.epochs().stream()
                .map(e -> new EpochFigures(e.epoch(), e.step(), e.train(), e.test(), new Figures(1.5, 0.25)))
                .toList();
    }

    @Test
    void saysNothingOfValidationWhereNoImagesWereHeldBack() {
        assertThat(ReportPage.html(ReportFixture.finished("quick").report()))
                .contains("Test accuracy by epoch")
                .doesNotContain("Test and validation")
                .doesNotContain(", validation:");
    }

    @Test
    void marksARunThatWasResumedInAnotherEnvironment() {
        Report report = computed(OTHER_CPU, List.of(GPU));
        assertThat(ReportPage.html(report))
                .containsOnlyOnce("resumed in another environment")
                .contains("(" + RUN + "): resumed in another environment: its first part was computed with "
                        + GPU.fingerprint() + "; equal bits are not promised for it.");
        JsonNode runs = json(report).at("/provenance/runs");
        assertThat(runs.at("/0/earlierEnvironments/0/device").textValue()).isEqualTo("cuda:0");
        assertThat(runs.at("/1/earlierEnvironments")).isEmpty();
    }

    @Test
    void saysWhatAGpuDoesNotRepeat() {
        assertThat(ReportPage.html(computed(GPU, List.of()))).containsOnlyOnce(NOT_REPEATABLE);
        assertThat(ReportPage.html(computed(OTHER_CPU, List.of(GPU)))).contains(NOT_REPEATABLE);
        Report onCpus = computed(OTHER_CPU, List.of());
        assertThat(ReportPage.html(onCpus)).doesNotContain(NOT_REPEATABLE);
        assertThat(json(onCpus).at("/provenance/notRepeatable").isNull()).isTrue();
    }

    @Test
    void namesTheWeightsThatRunsStartFrom() {
        Digest weights = new Digest("1".repeat(64));
        AcceptedStudy study = Samples.plan(
                        "{networks: [lenet, resnet18], datasets: [mnist], initializations: [pretrained]}",
                        List.of(),
                        Map.of("resnet18", weights))
                .study();
        RunId donor = study.runs().stream()
                .flatMap(run -> Stream.ofNullable(run.spec().initialization().donor()))
                .findFirst()
                .orElseThrow();
        Report report = Report.of(
                new ReportData(study, "running", ReportFixture.NOON, null, List.of(), List.of(), Damage.NONE, "0.1.0"));
        assertThat(ReportPage.html(report))
                .contains("resnet18 from the weights file " + weights)
                .contains("lenet from the end of run " + donor);
        assertThat(report.study().used().pretrained()).hasSize(2);
    }
}
