package io.thetascope.launcher.table;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.thetascope.contracts.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ResultTableTest {
    @Test
    void showsTrainedAndRetrainedRunsWithTheirNumbers() throws IOException {
        assertThat(String.join("\n", ResultTable.of(fixture("report.json"))))
                .isEqualToIgnoringNewLines(text("table.txt"));
    }

    @Test
    void missingNumbersAreDashesNeverZero() {
        JsonNode report = Json.read(
                "{\"runs\":[{\"runId\":\"r1\",\"generation\":0,\"state\":\"failed\",\"accuracy\":null}]}"
                        .getBytes(StandardCharsets.UTF_8),
                JsonNode.class);
        List<String> lines = ResultTable.of(report);
        assertThat(lines.get(2)).contains("failed").contains("—").doesNotContain("0.0");
    }

    @Test
    void parentsOfOneNameAreToldApartByTheirId() {
        JsonNode report = Json.read("""
                {"runs":[{"runId":"r1234567890","generation":0,"network":"lenet","seed":0},
                 {"runId":"r9876543210","generation":0,"network":"lenet","seed":0},
                 {"runId":"r5","generation":1,"parentRunId":"r9876543210","perturbation":{"kind":"sign-flip"}}]}
                """.getBytes(StandardCharsets.UTF_8), JsonNode.class);
        List<String> lines = ResultTable.of(report);
        assertThat(lines.get(2)).contains("#0 r1234567 ");
        assertThat(lines.get(3)).contains("#0 r9876543 ");
        assertThat(lines.get(7)).contains("#0 r9876543 ").contains("sign-flip");
    }

    @Test
    void tellsTheFirstProblemOfARunAndHowManyMoreThereAre() {
        JsonNode report = Json.tree(Map.of(
                "runs",
                List.of(Map.of(
                        "runId",
                        "r1",
                        "state",
                        "finished",
                        "problems",
                        List.of("features refused", "and again", "third")))));

        assertThat(ResultTable.of(report)).contains("r1: features refused; and 2 more, in the report");
    }

    @Test
    void saysWhereASweepTurns() {
        JsonNode report = Json.read("""
                {"runs":[],"escape":[{"sweep":{"kind":"epsilon","network":"lenet","dataset":"fashion-mnist",
                 "initialization":"kaiming-uniform","optimizer":"sgd"},
                 "overNull":{"says":"E/N passes 1: at 0.0018"},"notBack":{"says":"R falls below 0.5: at 0.02"}}]}
                """.getBytes(StandardCharsets.UTF_8), JsonNode.class);
        assertThat(ResultTable.of(report))
                .containsExactly(
                        "Sweep of epsilon, lenet on fashion-mnist, kaiming-uniform, sgd",
                        "  E/N passes 1: at 0.0018",
                        "  R falls below 0.5: at 0.02",
                        "");
    }

    private static JsonNode fixture(String name) throws IOException {
        try (InputStream in = open(name)) {
            return Json.read(in.readAllBytes(), JsonNode.class);
        }
    }

    private static String text(String name) throws IOException {
        try (InputStream in = open(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).stripTrailing();
        }
    }

    private static InputStream open(String name) {
        return Objects.requireNonNull(ResultTableTest.class.getResourceAsStream(name), name);
    }
}
