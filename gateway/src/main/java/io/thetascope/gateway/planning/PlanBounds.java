package io.thetascope.gateway.planning;

import io.thetascope.contracts.run.RunSpec;
import io.thetascope.contracts.study.DatasetSource;
import io.thetascope.contracts.study.StudySpec;
import io.thetascope.contracts.study.TwinRequest;
import io.thetascope.gateway.request.Problems;
import io.thetascope.networks.Networks;
import java.util.List;
import java.util.Map;

/** How large a study may be, found out before it is spelt out. */
final class PlanBounds {
    private static final long MOST_RUNS = 5_000;
    private static final long MOST_ANALYSES = 100_000;
    private static final long MOST_STEPS = 10_000_000;

    private final StudySpec spec;
    private final Map<String, DatasetSource> datasets;
    private final Problems problems;

    PlanBounds(StudySpec spec, Map<String, DatasetSource> datasets, Problems problems) {
        this.spec = spec;
        this.datasets = datasets;
        this.problems = problems;
    }

    void check(List<Cell> cells, List<FinishedParent> parents) {
        if (cells.isEmpty() && parents.isEmpty()) {
            problems.add("exclude", null, "leave at least one cell of the grid");
            return;
        }
        datasets.values().forEach(this::images);
        if (!problems.none()) {
            return;
        }
        long base = (long) cells.size() * spec.seeds().size() + parents.size();
        long runs = base * (1 + retrainings());
        if (runs > MOST_RUNS) {
            problems.add(
                    "", runs, "a study has at most " + MOST_RUNS + " runs; leave out factors or seeds, or split it");
            return;
        }
        Grid grid = new Grid(spec, datasets);
        cells.stream().map(cell -> grid.run(cell, 1)).forEach(run -> schedule(run));
        if (problems.none()) {
            analyses(base, runs, cells.stream().map(cell -> grid.run(cell, 1)).toList(), parents);
        }
    }

    private long retrainings() {
        long twins = spec.twins().stream().mapToLong(TwinRequest::count).sum();
        return spec.perturbations().isEmpty() ? 0 : spec.perturbations().size() + twins;
    }

    private void images(DatasetSource images) {
        int validation = spec.train().validation();
        if (images.train() - validation < 2) {
            problems.add(
                    "train.validation",
                    validation,
                    "at most " + (images.train() - 2) + ", so that two of " + images.name() + "'s images are left");
        }
    }

    private void schedule(RunSpec run) {
        long steps = (long) run.schedule().stepsPerEpoch() * run.epochs();
        if (steps > MOST_STEPS) {
            problems.add("epochs", run.epochs(), "at most " + MOST_STEPS + " steps a run, these are " + steps);
        }
        if (run.optimizer().warmupEpochs() > run.epochs()) {
            problems.add(
                    "overrides", run.optimizer().warmupEpochs(), "warmupEpochs of at most epochs: " + run.epochs());
        }
        try {
            Networks.named(run.network(), run.input());
        } catch (IllegalArgumentException e) {
            problems.add("networks", run.network(), String.valueOf(e.getMessage()));
        }
    }

    private void analyses(long base, long runs, List<RunSpec> cells, List<FinishedParent> parents) {
        long checkpoints =
                cells.stream().mapToLong(PlanBounds::checkpoints).max().orElse(0);
        long ofParents =
                parents.stream().mapToLong(p -> checkpoints(p.spec())).max().orElse(0);
        long compared = spec.comparisons().equals("all") ? runs : base;
        long pairs = spec.comparisons().equals("none") ? 0 : compared * (compared - 1) / 2;
        long analyses = runs * 2 * Math.max(checkpoints, ofParents) + pairs;
        if (analyses > MOST_ANALYSES) {
            problems.add(
                    "checkpoints",
                    analyses,
                    "a study has at most " + MOST_ANALYSES
                            + " analyses; keep fewer checkpoints, compare less (comparisons: none), or split it");
        }
    }

    private static long checkpoints(RunSpec run) {
        return run.epochs() / run.checkpoints().everyEpochs()
                + 2L
                + (run.checkpoints().logSpaced() ? 20 : 0);
    }
}
