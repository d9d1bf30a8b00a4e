package io.thetascope.gateway.planning;

import io.thetascope.contracts.run.CheckpointSchedule;
import io.thetascope.contracts.run.DatasetUse;
import io.thetascope.contracts.run.Initialization;
import io.thetascope.contracts.run.InputShape;
import io.thetascope.contracts.run.OptimizerSpec;
import io.thetascope.contracts.run.RunSpec;
import io.thetascope.contracts.run.Seeds;
import io.thetascope.contracts.study.CellOverride;
import io.thetascope.contracts.study.DatasetSource;
import io.thetascope.contracts.study.StudySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The cells of a study, and what is trained in each. */
final class Grid {
    private static final int COLOUR = 3;

    // No trainer keeps evidence yet. A run's id says what is kept of it: were it planned, a trainer that can would find
    // such runs finished and never make theirs.
    private static final boolean EVIDENCE = false;

    private final StudySpec study;
    private final Map<String, DatasetSource> datasets;

    Grid(StudySpec study, Map<String, DatasetSource> datasets) {
        this.study = study;
        this.datasets = datasets;
    }

    /** Returns the cells that are not excluded, the last factor varying fastest. */
    List<Cell> cells() {
        List<Cell> cells = new ArrayList<>();
        for (String network : study.networks()) {
            for (String dataset : study.datasets()) {
                for (String initialization : study.initializations()) {
                    for (String optimizer : study.optimizers()) {
                        cells.add(new Cell(network, dataset, initialization, optimizer));
                    }
                }
            }
        }
        cells.removeIf(cell -> study.exclude().stream().anyMatch(cell::matches));
        return cells;
    }

    /** Resolves the run of a cell with a seed. */
    RunSpec run(Cell cell, long seed) {
        DatasetSource images = datasetOf(cell);
        CellSettings settings = CellSettings.of(study, cell);
        return new RunSpec(
                RunSpec.FORMAT,
                cell.network(),
                inputOf(cell.network(), images),
                use(images),
                Initialization.drawn(cell.initialization()),
                settings.optimizer(),
                settings.batch(),
                settings.epochs(),
                new CheckpointSchedule(
                        study.checkpoints().everyEpochs(), study.checkpoints().logSpaced()),
                Seeds.ofBase(seed),
                study.train().threads(),
                EVIDENCE,
                null);
    }

    private DatasetSource datasetOf(Cell cell) {
        DatasetSource source = datasets.get(cell.dataset());
        if (source == null) {
            throw new IllegalArgumentException("data set was not found: " + cell.dataset());
        }
        return source;
    }

    /** LeNet sees the channels there are, the others three. */
    private InputShape inputOf(String network, DatasetSource images) {
        int channels = network.equals("lenet") ? images.channels() : COLOUR;
        return new InputShape(channels, study.inputSize(), study.inputSize());
    }

    private DatasetUse use(DatasetSource images) {
        int validation = study.train().validation();
        return new DatasetUse(
                images.name(),
                images.digest(),
                atMost(study.train().limit(), images.train() - validation),
                validation,
                atMost(study.test().limit(), images.test()));
    }

    private static int atMost(@Nullable Integer limit, int there) {
        return limit == null ? there : Math.min(limit, there);
    }

    /** What the overrides make of a cell's recipe; a later override wins. */
    private record CellSettings(OptimizerSpec optimizer, int batch, int epochs) {
        static CellSettings of(StudySpec study, Cell cell) {
            CellSettings settings = new CellSettings(
                    Recipe.of(cell.network(), cell.optimizer(), study.train().weightDecay()),
                    study.train().batch(),
                    study.epochs());
            for (CellOverride override : study.overrides()) {
                if (cell.matches(override.match())) {
                    settings = settings.with(override.set());
                }
            }
            return settings;
        }

        private CellSettings with(Map<String, Double> set) {
            OptimizerSpec changed = new OptimizerSpec(
                    optimizer.kind(),
                    set.getOrDefault("learningRate", optimizer.learningRate()),
                    optimizer.momentum() == null ? null : set.getOrDefault("momentum", optimizer.momentum()),
                    optimizer.beta1(),
                    optimizer.beta2(),
                    optimizer.epsilon(),
                    set.getOrDefault("weightDecay", optimizer.weightDecay()),
                    set.getOrDefault("warmupEpochs", (double) optimizer.warmupEpochs())
                            .intValue());
            return new CellSettings(
                    changed,
                    set.getOrDefault("batch", (double) batch).intValue(),
                    set.getOrDefault("epochs", (double) epochs).intValue());
        }
    }
}
