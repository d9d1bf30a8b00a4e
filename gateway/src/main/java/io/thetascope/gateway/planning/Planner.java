package io.thetascope.gateway.planning;

import io.thetascope.contracts.analysis.AnalysisRequest;
import io.thetascope.contracts.analysis.RunAnalyses;
import io.thetascope.contracts.study.AcceptedStudy;
import io.thetascope.contracts.study.DatasetSource;
import io.thetascope.contracts.study.PlannedRun;
import io.thetascope.contracts.study.StudySpec;
import io.thetascope.gateway.request.Problems;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Resolves a study: every run and analysis it wants, with their ids. Pure, so a dry run is the run itself. */
public final class Planner {
    private Planner() {}

    /**
     * Plans a study.
     *
     * @param spec complete
     * @param datasets those the spec names, by name
     * @param parents those the spec names, in its order
     * @param problems where it is noted why the study cannot be
     * @return empty when a problem was noted
     */
    public static Optional<PlannedStudy> plan(
            StudySpec spec, Map<String, DatasetSource> datasets, List<FinishedParent> parents, Problems problems) {
        Grid grid = new Grid(spec, datasets);
        List<Cell> cells = grid.cells();
        new PlanBounds(spec, datasets, problems).check(cells, parents);
        if (!problems.none()) {
            return Optional.empty();
        }
        List<Family> families = families(spec, grid, cells, parents);
        List<PlannedRun> runs = runs(families);
        List<AnalysisRequest> analyses = analyses(spec, families, runs);
        AcceptedStudy study = new AcceptedStudy(
                StudyIdentity.of(runs, analyses, spec.gates()), spec, List.copyOf(datasets.values()), runs, analyses);
        return Optional.of(new PlannedStudy(study, PlanWarnings.of(study, cells)));
    }

    private static List<Family> families(StudySpec spec, Grid grid, List<Cell> cells, List<FinishedParent> parents) {
        List<Family> families = new ArrayList<>();
        parents.forEach(parent -> families.add(Family.of(parent.spec(), parent.seed(), spec)));
        for (Cell cell : cells) {
            for (long seed : spec.seeds()) {
                families.add(Family.of(grid.run(cell, seed), seed, spec));
            }
        }
        return families;
    }

    /** Base runs come first, so that parents are before their children and the queue is filled with them. */
    private static List<PlannedRun> runs(List<Family> families) {
        Map<String, PlannedRun> byId = new LinkedHashMap<>();
        families.forEach(f -> byId.putIfAbsent(f.parent().runId().value(), f.parent()));
        families.forEach(
                f -> f.descendants().forEach(run -> byId.putIfAbsent(run.runId().value(), run)));
        return List.copyOf(byId.values());
    }

    private static List<AnalysisRequest> analyses(StudySpec spec, List<Family> families, List<PlannedRun> runs) {
        List<AnalysisRequest> analyses = new ArrayList<>();
        runs.forEach(run -> analyses.addAll(RunAnalyses.of(run.spec())));
        if (!spec.comparisons().equals("none")) {
            families.forEach(family -> analyses.addAll(Comparisons.within(family)));
            boolean everything = spec.comparisons().equals("all");
            analyses.addAll(Comparisons.pairs(
                    everything ? runs : families.stream().map(Family::parent).toList()));
        }
        return analyses.stream().distinct().toList();
    }
}
