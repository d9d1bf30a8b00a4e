package io.thetascope.gateway.reading;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which runs of a study are asked for: column → wanted value. The columns are this class's own words, never a user's.
 *
 * @param conditions column → value
 */
public record RunFilter(Map<String, String> conditions) {
    /** Every run. */
    public static final RunFilter NONE = new RunFilter(Map.of());

    private static final Map<String, String> COLUMNS = Map.of(
            "role", "s.role",
            "state", "r.state",
            "network", "r.network",
            "dataset", "r.dataset",
            "initialization", "r.initialization",
            "optimizer", "r.optimizer",
            "parentRunId", "r.parent_run_id");

    public RunFilter {
        conditions = Map.copyOf(conditions);
    }

    /** Keeps those parameters of a query that are filters. */
    public static RunFilter of(Map<String, String> parameters) {
        Map<String, String> conditions = new LinkedHashMap<>();
        parameters.forEach((name, value) -> {
            String column = COLUMNS.get(name);
            if (column != null) {
                conditions.put(column, value);
            }
        });
        return new RunFilter(conditions);
    }

    List<String> columns() {
        return conditions.keySet().stream().sorted().toList();
    }

    String value(String column) {
        return conditions.getOrDefault(column, "");
    }
}
