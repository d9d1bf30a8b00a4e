package io.thetascope.gateway.report.deck;

import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.run.RunSpec;
import io.thetascope.contracts.study.RunRole;
import io.thetascope.gateway.report.FamilyGate;
import io.thetascope.gateway.report.RunRow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The runs of a study, grouped into those that differ in their seed alone. */
final class Cells {
    private final List<RunRow> rows;
    private final Map<RunId, RunRow> byId;
    private final Map<RunId, RunSpec> specs;
    private final FamilyGate gate;

    Cells(List<RunRow> rows, Map<RunId, RunSpec> specs) {
        this.rows = rows;
        this.byId = rows.stream().collect(Collectors.toMap(RunRow::runId, row -> row, (first, again) -> first));
        this.specs = specs;
        this.gate = FamilyGate.of(rows);
    }

    /**
     * Runs of one cell.
     *
     * @param ours what the cell is
     * @param counted its runs that are worth discussing
     */
    record Group(OurCell ours, List<RunRow> counted) {}

    private record Key(String network, String dataset, String initialization, String optimizer) {}

    /** Returns the groups of the runs that are wanted, in the order of the study. */
    List<Group> of(Predicate<RunRow> wanted) {
        Map<Key, List<RunRow>> groups = new LinkedHashMap<>();
        rows.stream()
                .filter(row -> row.role() != RunRole.DONOR && wanted.test(row))
                .forEach(row ->
                        groups.computeIfAbsent(key(row), k -> new ArrayList<>()).add(row));
        return groups.values().stream().map(this::group).toList();
    }

    private static Key key(RunRow row) {
        return new Key(row.network(), row.dataset(), row.initialization(), row.optimizer());
    }

    private Group group(List<RunRow> runs) {
        List<RunRow> counted =
                runs.stream().filter(run -> !gate.isMissedBy(run)).toList();
        List<RunSpec> known = runs.stream()
                .map(run -> specs.get(run.runId()))
                .filter(Objects::nonNull)
                .toList();
        return new Group(OurCell.of(counted, runs.get(0), runs.size() - counted.size(), known), counted);
    }

    /** Returns the trained model that a retraining comes from. */
    @Nullable
    RunRow parent(RunRow run) {
        RunId parent = run.parentRunId();
        return parent == null ? null : byId.get(parent);
    }

    /** Returns the end norms of the trained models of a network on a data set, whatever their start and optimizer. */
    Collection<Double> trainedNorms(DeckNetwork network, String dataset) {
        return rows.stream()
                .filter(row -> row.generation() == 0 && row.role() != RunRole.DONOR && !gate.isMissedBy(row))
                .filter(row -> network.includes(row.network()) && row.dataset().equals(dataset))
                .map(RunRow::endNorm)
                .filter(Objects::nonNull)
                .toList();
    }
}
