package io.thetascope.gateway.report.page;

import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.study.RunRole;
import io.thetascope.gateway.report.RunRow;
import io.thetascope.gateway.report.Unmoved;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The runs of a report as a page groups them.
 *
 * @param base those of generation 0, by what they can be compared within
 * @param families those of generation 1, by parent
 * @param names short, and unique within a chart
 */
record Runs(Map<Cell, List<RunRow>> base, Map<RunId, List<RunRow>> families, RunNames names) {
    static Runs of(List<RunRow> rows) {
        Map<Cell, List<RunRow>> base = new LinkedHashMap<>();
        Map<RunId, List<RunRow>> families = new LinkedHashMap<>();
        rows.stream()
                .filter(row -> row.generation() == 0)
                .forEach(row -> base.computeIfAbsent(Cell.of(row), cell -> new ArrayList<>())
                        .add(row));
        for (RunRow row : rows) {
            RunId parent = row.parentRunId();
            if (parent != null) {
                families.computeIfAbsent(parent, id -> new ArrayList<>()).add(row);
            }
        }
        return new Runs(base, families, RunNames.of(rows));
    }

    /**
     * Within what runs of generation 0 are compared: network and data set; donors, which may see it in another way and are
     * no answer to the study's question, apart.
     *
     * @param kind what such runs are
     * @param name what they have in common
     */
    record Cell(String kind, String name) {
        static Cell of(RunRow row) {
            String name = row.network() + " on " + row.dataset();
            if (row.role() != RunRole.DONOR) {
                return new Cell("Base runs", name);
            }
            Unmoved unmoved = row.unmoved();
            return new Cell("Donors", name + (unmoved == null ? "" : " seen as " + unmoved.input()));
        }

        String caption() {
            return kind + ", " + name;
        }
    }

    /** Goes through all runs, those of generation 0 first, with a heading for every group. */
    void grouped(Table table, Consumer<RunRow> row) {
        base.forEach((cell, rows) -> {
            table.group(cell.caption());
            rows.forEach(row);
        });
        families.forEach((parent, rows) -> {
            table.group("Retrained from " + names.of(parent) + " (" + parent + ")");
            rows.forEach(row);
        });
    }

    /** Returns the retrainings of a run. */
    List<RunRow> family(RunRow parent) {
        return families.getOrDefault(parent.runId(), List.of());
    }
}
