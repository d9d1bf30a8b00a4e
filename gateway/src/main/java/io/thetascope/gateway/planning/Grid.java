package io.thetascope.gateway.planning;

import io.thetascope.contracts.run.CheckpointSchedule;
import io.thetascope.contracts.run.DatasetUse;
import io.thetascope.contracts.run.Initialization;
import io.thetascope.contracts.run.InputShape;
import io.thetascope.contracts.run.RunSpec;
import io.thetascope.contracts.run.Seeds;
import io.thetascope.contracts.study.DatasetSource;
import io.thetascope.contracts.study.StudySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The cells of a study, and what is trained in each. */
final class Grid {
    private static final int COLOUR = 3;

    private final StudySpec study;
    private final Map<String, DatasetSource> datasets;
    private final Pretraining pretraining;

    Grid(StudySpec study, PlanInputs inputs) {
        this.study = study;
        this.datasets = inputs.datasets();
        this.pretraining = new Pretraining(study, inputs);
    }

    /** Returns the cells that are not excluded, the last factor varying fastest. */
    static List<Cell> cells(StudySpec study) {
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
        return run(cell, seed, inputOf(cell), initialization(cell, seed));
    }

    /**
     * Resolves the run that gives a cell's its weights, where this study trains it: another cell's run with the same
     * seed, which sees images as the recipient does. Where that is how its own cell sees them, it is that cell's run.
     */
    Optional<RunSpec> donor(Cell cell, long seed) {
        return Pretraining.donorOf(cell, study)
                .map(donor -> run(donor, seed, inputOf(cell), Initialization.drawn(donor.initialization())));
    }

    private Initialization initialization(Cell cell, long seed) {
        if (!cell.pretrained()) {
            return Initialization.drawn(cell.initialization());
        }
        return donor(cell, seed)
                .map(donor -> new Initialization(Initialization.PRETRAINED, null, donor.id()))
                .orElseGet(() -> pretraining.of(cell));
    }

    private RunSpec run(Cell cell, long seed, InputShape input, Initialization initialization) {
        CellSettings settings = CellSettings.of(study, cell);
        return new RunSpec(
                RunSpec.FORMAT,
                cell.network(),
                input,
                use(imagesOf(cell)),
                initialization,
                settings.optimizer(),
                settings.batch(),
                settings.epochs(),
                new CheckpointSchedule(
                        study.checkpoints().everyEpochs(), study.checkpoints().logSpaced()),
                Seeds.ofBase(seed),
                study.train().threads(),
                study.evidence(),
                null);
    }

    private DatasetSource imagesOf(Cell cell) {
        DatasetSource source = datasets.get(cell.dataset());
        if (source == null) {
            throw new IllegalArgumentException("data set was not found: " + cell.dataset());
        }
        return source;
    }

    /** Returns what a cell's network sees: LeNet the channels there are, the others three. */
    InputShape inputOf(Cell cell) {
        int channels = cell.network().equals("lenet") ? imagesOf(cell).channels() : COLOUR;
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
}
