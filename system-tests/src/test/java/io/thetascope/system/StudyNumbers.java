package io.thetascope.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All that a study measured, and what its checkpoints are made of.
 *
 * @param sections of the report that hold numbers, by name
 * @param checkpoints run, step and digest of each
 */
record StudyNumbers(Map<String, JsonNode> sections, List<String> checkpoints) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static StudyNumbers of(GatewayApi api, String study) throws IOException {
        JsonNode report = JSON.readTree(api.bytes("/studies/" + study + "/report", "application/json"));
        Map<String, JsonNode> sections = new LinkedHashMap<>();
        for (String name : List.of("runs", "movement", "features", "order", "laziness", "integrity", "comparisons")) {
            sections.put(name, report.path(name));
        }
        List<String> checkpoints = new ArrayList<>();
        for (JsonNode run : api.get("/studies/" + study + "/runs").path("items")) {
            String id = run.path("runId").asText();
            api.get("/runs/" + id + "/checkpoints")
                    .path("items")
                    .forEach(c -> checkpoints.add(id + " " + c.path("step").asText() + " "
                            + c.path("sha256").asText()));
        }
        return new StudyNumbers(sections, checkpoints);
    }
}
