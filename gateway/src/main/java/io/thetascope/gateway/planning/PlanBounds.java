package io.thetascope.gateway.planning;

import io.thetascope.contracts.run.DatasetUse;
import io.thetascope.contracts.run.RunSpec;
import io.thetascope.contracts.study.DatasetSource;
import io.thetascope.contracts.study.StudySpec;
import io.thetascope.contracts.study.TwinRequest;
import io.thetascope.gateway.request.Problems;
import java.util.List;
import java.util.stream.Stream;

/** How large a study may be, found out before it is spelt out. */
final class PlanBounds {
    private static final long MOST_RUNS = 5_000;
    private static final long MOST_ANALYSES = 100_000;
    private static final long OF_WHOLE_RUNS = 3; // order, laziness, integrity
    private static final long MOST_STEPS = 10_000_000;
    /** A trainer holds all images of a run in memory, one byte a pixel, padded. */
    private static final long MOST_PIXELS = 1L << 30;

    private final StudySpec spec;
    private final PlanInputs inputs;
    private final Problems problems;
    private final InputSizes sizes;
    private final PretrainedChoices choices;

    PlanBounds(StudySpec spec, PlanInputs inputs, Problems problems) {
        this.spec = spec;
        this.inputs = inputs;
        this.problems = problems;
        this.sizes = new InputSizes(problems);
        this.choices = new PretrainedChoices(spec, inputs, problems);
    }

    void check(List<Cell> cells) {
        List<FinishedParent> parents = inputs.parents();
        if (cells.isEmpty() && parents.isEmpty()) {
            problems.add("exclude", null, "leave at least one cell of the grid");
            return;
        }
        inputs.datasets().values().forEach(this::images);
        if (!problems.none()) {
            return;
        }
        long base = (long) cells.size() * spec.seeds().size() + parents.size();
        long donors = cells.stream()
                        .filter(cell -> Pretraining.donorOf(cell, spec).isPresent())
                        .count()
                * spec.seeds().size();
        long runs = base * (1 + retrainings()) + donors; // some donors may be base runs
        if (runs > MOST_RUNS) {
            problems.add(
                    "", runs, "a study has at most " + MOST_RUNS + " runs; leave out factors or seeds, or split it");
            return;
        }
        Grid grid = new Grid(spec, inputs);
        cells.forEach(cell ->
                choices.check(cell, grid.inputOf(cell), InputSizes.fitting(cell.network(), grid.inputOf(cell))));
        List<RunSpec> ofCells = cells.stream()
                .flatMap(cell -> Stream.concat(Stream.of(grid.run(cell, 1)), grid.donor(cell, 1).stream()))
                .toList();
        ofCells.forEach(this::schedule);
        new ParentRecipes(problems).check(parents);
        new PerturbationScopes(spec, problems)
                .check(Stream.concat(ofCells.stream(), parents.stream().map(FinishedParent::spec)));
        if (problems.none()) {
            analyses(base, runs, ofCells, parents);
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
        sizes.images(images, spec.inputSize());
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
        sizes.network(run.network(), run.input());
        pixels(run);
    }

    private void pixels(RunSpec run) {
        DatasetUse use = run.dataset();
        long side = run.input().height();
        long images = (long) use.train() + use.validation() + use.test();
        DatasetSource source = inputs.datasets().get(use.name());
        long ofImage = side * side * (source == null ? run.input().channels() : source.channels());
        if (images * ofImage > MOST_PIXELS) {
            problems.add(
                    "inputSize",
                    side,
                    "smaller, or limit train and test: the " + images + " images of " + use.name()
                            + " would take more than 1 GiB at that size; at most " + MOST_PIXELS / ofImage + " fit");
        }
    }

    private void analyses(long base, long runs, List<RunSpec> cells, List<FinishedParent> parents) {
        long checkpoints =
                cells.stream().mapToLong(PlanBounds::checkpoints).max().orElse(0);
        long ofParents =
                parents.stream().mapToLong(p -> checkpoints(p.spec())).max().orElse(0);
        long compared = spec.comparisons().equals("all") ? runs : base;
        long pairs = spec.comparisons().equals("none") ? 0 : compared * (compared - 1) / 2;
        long beyond = spec.comparisons().equals("none") ? 0 : base * (base - 1); // order agreement and alignment
        long analyses = runs * (2 * Math.max(checkpoints, ofParents) + OF_WHOLE_RUNS) + pairs + beyond;
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
