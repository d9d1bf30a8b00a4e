package io.thetascope.gateway.planning;

import io.thetascope.contracts.analysis.AnalysisRequest;
import io.thetascope.contracts.analysis.RunAnalyses;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.study.AcceptedStudy;
import io.thetascope.contracts.study.PlannedRun;
import io.thetascope.contracts.study.StudySpec;
import io.thetascope.gateway.request.Problems;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Resolves a study: every run and analysis it wants, with their ids. Pure, so a dry run is the run itself. */
public final class Planner {
    private Planner() {}

    /**
     * Returns the data sets that a study needs besides those it names, for the runs that give others their weights.
     *
     * @param spec complete
     */
    public static Set<String> donorDatasets(StudySpec spec) {
        return Grid.cells(spec).stream()
                .flatMap(cell -> Pretraining.donorOf(cell, spec).stream())
                .map(Cell::dataset)
                .filter(dataset -> !spec.datasets().contains(dataset))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * Plans a study.
     *
     * @param spec complete
     * @param inputs everything that the spec names
     * @param problems where it is noted why the study cannot be
     * @return empty when a problem was noted
     */
    public static Optional<PlannedStudy> plan(StudySpec spec, PlanInputs inputs, Problems problems) {
        List<Cell> cells = Grid.cells(spec);
        new PlanBounds(spec, inputs, problems).check(cells);
        if (!problems.none()) {
            return Optional.empty();
        }
        Grid grid = new Grid(spec, inputs);
        List<Family> families = families(spec, grid, cells, inputs.parents());
        List<PlannedRun> runs = runs(donors(spec, grid, cells), families);
        List<AnalysisRequest> analyses = analyses(spec, families, runs);
        AcceptedStudy study = new AcceptedStudy(
                StudyIdentity.of(runs, analyses, spec.gates()),
                spec,
                List.copyOf(inputs.datasets().values()),
                runs,
                analyses);
        return Optional.of(new PlannedStudy(
                study,
                PlanWarnings.of(study, cells),
                MissingWeights.problems(runs.stream().map(PlannedRun::spec).toList())));
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

    /** What the cells' donors would be, whether or not they are base runs as well. */
    private static List<Family> donors(StudySpec spec, Grid grid, List<Cell> cells) {
        List<Family> donors = new ArrayList<>();
        for (Cell cell : cells) {
            for (long seed : spec.seeds()) {
                grid.donor(cell, seed).ifPresent(donor -> donors.add(Family.ofDonor(donor, seed)));
            }
        }
        return donors;
    }

    /** Generation 0 comes first, donors before those they give their weights to: the queue is filled in this order. */
    private static List<PlannedRun> runs(List<Family> donors, List<Family> families) {
        Map<RunId, PlannedRun> parents = new LinkedHashMap<>();
        Stream.concat(families.stream(), donors.stream())
                .map(Family::parent)
                .forEach(run -> parents.putIfAbsent(run.runId(), run));
        Map<RunId, PlannedRun> runs = new LinkedHashMap<>();
        for (boolean receives : new boolean[] {false, true}) {
            parents.values().stream()
                    .filter(run -> (run.spec().initialization().donor() != null) == receives)
                    .forEach(run -> runs.put(run.runId(), run));
        }
        families.forEach(f -> f.descendants().forEach(run -> runs.putIfAbsent(run.runId(), run)));
        return List.copyOf(runs.values());
    }

    private static List<AnalysisRequest> analyses(StudySpec spec, List<Family> families, List<PlannedRun> runs) {
        List<AnalysisRequest> analyses = new ArrayList<>();
        runs.forEach(run -> analyses.addAll(RunAnalyses.of(run.spec())));
        if (!spec.comparisons().equals("none")) {
            RunCosts costs = new RunCosts();
            families.forEach(family -> analyses.addAll(Comparisons.within(family, costs)));
            boolean everything = spec.comparisons().equals("all");
            List<PlannedRun> parents = families.stream().map(Family::parent).toList();
            analyses.addAll(Comparisons.pairs(everything ? runs : parents));
            analyses.addAll(Comparisons.beyondPairs(parents, costs));
        }
        return analyses.stream().distinct().toList();
    }
}
