package io.thetascope.launcher.table;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The columns of distances between consecutive checkpoints; one column, the path, where there would be too many. */
final class LegColumns {
    private static final int MOST = 6;

    private final List<String> names;

    private LegColumns(List<String> names) {
        this.names = names;
    }

    static LegColumns of(List<JsonNode> runs) {
        Map<String, Integer> seen = new LinkedHashMap<>();
        runs.forEach(run -> run.path("distances").forEach(leg -> seen.merge(name(leg), 1, Integer::sum)));
        return new LegColumns(seen.size() <= MOST ? List.copyOf(seen.keySet()) : List.of());
    }

    List<String> names() {
        return names.isEmpty() ? List.of("path") : names;
    }

    List<String> cells(JsonNode run) {
        if (names.isEmpty()) {
            return List.of(Cell.number(run.path("pathLength")));
        }
        Map<String, JsonNode> legs = new LinkedHashMap<>();
        run.path("distances").forEach(leg -> legs.put(name(leg), leg.path("distance")));
        List<String> cells = new ArrayList<>();
        for (String name : names) {
            cells.add(legs.containsKey(name) ? Cell.number(legs.get(name)) : Cell.MISSING);
        }
        return cells;
    }

    private static String name(JsonNode leg) {
        if (leg.path("fromEpoch").isNumber() && leg.path("toEpoch").isNumber()) {
            return "‖θ" + leg.path("toEpoch").asInt() + "−θ"
                    + leg.path("fromEpoch").asInt() + "‖";
        }
        return "‖s" + leg.path("toStep").asText() + "−s" + leg.path("fromStep").asText() + "‖";
    }
}
