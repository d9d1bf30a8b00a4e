package io.thetascope.gateway.report.page;

import io.thetascope.contracts.identity.RunId;
import io.thetascope.gateway.report.RunRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The runs of a report as a page groups them.
 *
 * @param base those of generation 0, by what they can be compared within: network and data set
 * @param families those of generation 1, by parent
 * @param names short, and unique within a chart
 */
record Runs(Map<String, List<RunRow>> base, Map<RunId, List<RunRow>> families, RunNames names) {
    static Runs of(List<RunRow> rows) {
        Map<String, List<RunRow>> base = new LinkedHashMap<>();
        Map<RunId, List<RunRow>> families = new LinkedHashMap<>();
        rows.stream()
                .filter(row -> row.generation() == 0)
                .forEach(row -> base.computeIfAbsent(cell(row), cell -> new ArrayList<>())
                        .add(row));
        for (RunRow row : rows) {
            RunId parent = row.parentRunId();
            if (parent != null) {
                families.computeIfAbsent(parent, id -> new ArrayList<>()).add(row);
            }
        }
        return new Runs(base, families, RunNames.of(rows));
    }

    private static String cell(RunRow row) {
        return row.network() + " on " + row.dataset();
    }

    /** Returns the retrainings of a run. */
    List<RunRow> family(RunRow parent) {
        return families.getOrDefault(parent.runId(), List.of());
    }
}
