package io.thetascope.launcher.table;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Names trained runs by their factors; those that would have the same name get the start of their id too. */
final class RunLabels {
    private static final int SHORT_ID = 8;

    private final Map<String, String> byId = new HashMap<>();

    private RunLabels() {}

    static RunLabels of(List<JsonNode> trained) {
        Set<String> seen = new HashSet<>();
        Set<String> repeated = new HashSet<>();
        trained.stream().map(RunLabels::factors).filter(name -> !seen.add(name)).forEach(repeated::add);
        RunLabels labels = new RunLabels();
        for (JsonNode run : trained) {
            String id = id(run);
            String name = factors(run);
            labels.byId.put(id, repeated.contains(name) ? name + " " + shortened(id) : name);
        }
        return labels;
    }

    String of(JsonNode run) {
        return of(id(run));
    }

    /** Returns the id itself of a run that is not among them. */
    String of(String id) {
        return byId.getOrDefault(id, id);
    }

    private static String id(JsonNode run) {
        return run.path("runId").asText();
    }

    private static String shortened(String id) {
        return id.substring(0, Math.min(SHORT_ID, id.length()));
    }

    private static String factors(JsonNode run) {
        return String.join(
                " ",
                Cell.text(run.path("network")),
                Cell.text(run.path("dataset")),
                Cell.text(run.path("initialization")),
                Cell.text(run.path("optimizer")),
                "#" + Cell.text(run.path("seed")));
    }
}
