package io.thetascope.scaling;

import io.thetascope.contracts.analysis.RunAnalyses;
import io.thetascope.contracts.identity.Digest;
import io.thetascope.contracts.run.CheckpointSchedule;
import io.thetascope.contracts.run.DatasetUse;
import io.thetascope.contracts.run.Initialization;
import io.thetascope.contracts.run.InputShape;
import io.thetascope.contracts.run.OptimizerSpec;
import io.thetascope.contracts.run.RunSpec;
import io.thetascope.contracts.run.Seeds;
import io.thetascope.networks.Networks;
import java.util.ArrayList;
import java.util.List;

/**
 * The deck's recipe on 60,000 images, 20 epochs, a checkpoint every 5: what it costs by the contracts and the descriptions of the
 * networks.
 *
 * @param imagesPerSecond that a trainer trains; an evaluated image costs a third of a trained one, as the gateway estimates
 * @param analysisSeconds of one analysis per million parameters
 * @param network that is trained
 */
record Workload(double imagesPerSecond, double analysisSeconds, String network) {
    /** Retrainings of a base run: two perturbations, two twins. */
    static final int CHILDREN = 4;
    /** Perturbation or twin, effect or null, path, symmetry, barrier: what a study plans for a child, rounded up. */
    private static final int ANALYSES_OF_A_CHILD = 4;

    private static final int TRAIN = 60_000;
    private static final int TEST = 10_000;
    private static final int EPOCHS = 20;
    private static final double EVALUATION_SHARE = 1.0 / 3;

    RunSpec spec() {
        InputShape input = new InputShape(network.equals("lenet") ? 1 : 3, 32, 32);
        return new RunSpec(
                RunSpec.FORMAT,
                network,
                input,
                new DatasetUse("fashion-mnist", Digest.of(new byte[0]), TRAIN, 0, TEST),
                Initialization.drawn(Initialization.KAIMING_UNIFORM),
                OptimizerSpec.sgd(0.01, 0.9, 0, 0),
                128,
                EPOCHS,
                new CheckpointSchedule(5, false),
                Seeds.ofBase(1),
                1,
                true,
                null);
    }

    RunLoad run() {
        RunSpec spec = spec();
        int checkpoints = spec.schedule().checkpointSteps().size();
        double evaluated = (EPOCHS + 1.0) * TEST + TRAIN;
        double seconds = ((double) EPOCHS * TRAIN + EVALUATION_SHARE * evaluated) / imagesPerSecond;
        int facts = 1 + (EPOCHS + 1) + checkpoints;
        int analyses = RunAnalyses.of(spec).size() + ANALYSES_OF_A_CHILD;
        return new RunLoad(network, seconds, facts, analyses, analysisSeconds * parameters() / 1e6);
    }

    long parameters() {
        RunSpec spec = spec();
        return Networks.named(network, spec.input()).parameterCount();
    }

    /** Returns the bytes of all checkpoints of a run and of the evidence beside them, two bits a parameter. */
    long storedBytes() {
        RunSpec spec = spec();
        long checkpoints = spec.schedule().checkpointSteps().size();
        long tensors = Networks.named(network, spec.input()).checkpointBytes();
        return tensors * checkpoints + (parameters() * 2 + 7) / 8 * (checkpoints - 1);
    }

    /** Returns a study of so many base runs of these in turn. */
    static StudyLoad study(int bases, List<Workload> inTurn) {
        List<RunLoad> runs = new ArrayList<>();
        for (int i = 0; i < bases; i++) {
            runs.add(inTurn.get(i % inTurn.size()).run());
        }
        return new StudyLoad(runs, CHILDREN);
    }
}
