package io.thetascope.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** What rules and dashboards promise; that their metrics are exported is seen on the running system. */
class ObservabilityTest {
    @Test
    void everyAlertSaysHowUrgentItIsAndWhatToDo() throws IOException {
        List<String> headings = Observability.runbook()
                .lines()
                .filter(line -> line.startsWith("### "))
                .map(line -> line.substring(4))
                .toList();
        List<JsonNode> alerts = Observability.alerts();
        assertThat(alerts).isNotEmpty();
        for (JsonNode alert : alerts) {
            String name = alert.path("alert").asText();
            JsonNode annotations = alert.path("annotations");
            assertThat(alert.path("labels").path("severity").asText()).as(name).isIn("critical", "warning", "info");
            assertThat(annotations.path("summary").asText()).as(name).isNotBlank();
            assertThat(annotations.path("runbook_url").asText())
                    .isEqualTo("docs/alerts.md#" + name.toLowerCase(Locale.ROOT));
        }
        // each has its section, and each section its alert
        assertThat(headings)
                .containsExactlyInAnyOrderElementsOf(
                        alerts.stream().map(a -> a.path("alert").asText()).toList());
    }

    @Test
    void everySectionSaysWhatItMeansWhatToDoAndHowToUndo() throws IOException {
        for (String section : Observability.runbook().split("\n### ", -1)) {
            if (section.startsWith("Thetascope")) {
                assertThat(section).contains("**Means.** ", "**Do.** ", "**Undo.** ");
            }
        }
    }

    @Test
    void everyPanelAsksTheProvisionedPrometheus() throws IOException {
        List<JsonNode> dashboards = Observability.dashboards();
        assertThat(dashboards).hasSize(4);
        assertThat(dashboards).extracting(d -> d.path("uid").asText()).doesNotHaveDuplicates();
        for (JsonNode dashboard : dashboards) {
            for (JsonNode panel : dashboard.path("panels")) {
                assertThat(panel.path("datasource").path("uid").asText())
                        .as(panel.path("title").asText())
                        .isEqualTo("prometheus");
                assertThat(panel.path("targets"))
                        .isNotEmpty()
                        .allMatch(target -> !Observability.namesIn(
                                        target.path("expr").asText())
                                .isEmpty());
            }
        }
    }

    @Test
    void namesAreFoundInExpressionsAndLabelsAreNot() {
        assertThat(Observability.namesIn(
                        "sum by (job) (rate(http_server_requests_seconds_count{uri=\"thetascope_not_me\"}[5m]))"
                                + " / thetascope_runs{state=\"x\"}"))
                .containsExactly("http_server_requests_seconds_count", "thetascope_runs");
    }
}
