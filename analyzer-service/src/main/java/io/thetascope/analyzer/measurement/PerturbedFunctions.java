package io.thetascope.analyzer.measurement;

import io.thetascope.analyzer.features.PreparedImages;
import io.thetascope.analyzer.features.ProbeImages;
import io.thetascope.analyzer.features.ProbeSets;
import io.thetascope.analyzer.features.TrainingSets;
import io.thetascope.analyzer.function.NormStatistics;
import io.thetascope.analyzer.function.Symmetries;
import io.thetascope.analyzer.records.RunRecords;
import io.thetascope.contracts.analysis.AnalysisInput;
import io.thetascope.contracts.analysis.ProbeSet;
import io.thetascope.contracts.analysis.SymmetryResult;
import io.thetascope.contracts.run.DatasetUse;
import io.thetascope.contracts.run.RunSpec;
import io.thetascope.measures.function.TrainingSplit;
import io.thetascope.measures.symmetry.Checkpoint;
import io.thetascope.networks.NetworkDescription;
import org.jspecify.annotations.Nullable;

/** What a perturbation does to the function of a run, on the images of that run. */
final class PerturbedFunctions {
    private final RunRecords runs;
    private final ProbeSets probes;
    private final TrainingSets training;
    private final Symmetries symmetries;

    /**
     * Measures perturbations.
     *
     * @param runs what is known of runs
     * @param probes gives the probe images
     * @param instruments gives training images, and runs networks
     */
    PerturbedFunctions(RunRecords runs, ProbeSets probes, Instruments instruments) {
        this.runs = runs;
        this.probes = probes;
        this.training = new TrainingSets(instruments.cache());
        this.symmetries = new Symmetries(instruments.model(), instruments.folder());
    }

    /** Measures the perturbed checkpoint of a request against its left one. */
    SymmetryResult measure(OpenInputs inputs, ProbeSet probe, NetworkDescription network) {
        RunSpec parent = runs.spec(inputs.input(AnalysisInput.LEFT).runId());
        ProbeImages images = probes.get(probe);
        return symmetries.measure(
                network,
                side(inputs, AnalysisInput.LEFT, network),
                side(inputs, AnalysisInput.PERTURBED, network),
                new Symmetries.Images(images.seenBy(parent), images.labelsN(), statistics(parent, network)));
    }

    private @Nullable PreparedImages statistics(RunSpec parent, NetworkDescription network) {
        DatasetUse dataset = parent.dataset();
        TrainingSplit split = TrainingSplit.of(dataset.train(), NormStatistics.exist(network));
        return split.statistics() == 0
                ? null
                : training.get(dataset.digest(), split.loss(), split.statistics())
                        .seenBy(parent);
    }

    private static Symmetries.Side side(OpenInputs inputs, String name, NetworkDescription network) {
        OpenCheckpoint checkpoint = inputs.get(name);
        return new Symmetries.Side(
                checkpoint.tensors(), new Checkpoint(inputs.weights(name, network), checkpoint.buffers()));
    }
}
