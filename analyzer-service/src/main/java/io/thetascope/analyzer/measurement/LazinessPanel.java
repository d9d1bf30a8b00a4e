package io.thetascope.analyzer.measurement;

import io.thetascope.analyzer.features.FeatureModel;
import io.thetascope.analyzer.features.ImageBatches;
import io.thetascope.analyzer.features.ProbeSets;
import io.thetascope.analyzer.records.RunRecords;
import io.thetascope.contracts.analysis.AnalysisInput;
import io.thetascope.contracts.analysis.GroupMovement;
import io.thetascope.contracts.analysis.LazinessResult;
import io.thetascope.contracts.analysis.ProbeSet;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.identity.Step;
import io.thetascope.measures.NotMeasurableException;
import io.thetascope.measures.Weights;
import io.thetascope.measures.laziness.GateCounts;
import io.thetascope.measures.laziness.Laziness;
import io.thetascope.measures.movement.Movement;
import io.thetascope.networks.NetworkDescription;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

// n images, c classes

/** Whether a run only trained the linearisation of its network at the start, by forward passes alone. */
final class LazinessPanel {
    private final RunRecords runs;
    private final ProbeSets probes;
    private final FeatureModel model;
    private final Path folder;

    /**
     * Measures laziness.
     *
     * @param runs what is known of runs
     * @param probes gives the images
     * @param model runs networks
     * @param folder for checkpoints between start and end
     */
    LazinessPanel(RunRecords runs, ProbeSets probes, FeatureModel model, Path folder) {
        this.runs = runs;
        this.probes = probes;
        this.model = model;
        this.folder = folder;
    }

    /** Measures a run from its start to its end. */
    LazinessResult measure(OpenInputs inputs, ProbeSet probe, NetworkDescription network) {
        RunId run = inputs.input(AnalysisInput.START).runId();
        Step step = inputs.input(AnalysisInput.TO).step();
        requireSame(run, inputs.input(AnalysisInput.TO).runId());
        Double relativeLive = relativeLive(inputs, network, step); // refuses weights that are not finite by name
        ImageBatches images = new ImageBatches(probes.get(probe).seenBy(runs.spec(run)), network.inputShape());
        LazinessLine line = new LazinessLine(
                model, folder, network, inputs.get(AnalysisInput.START), inputs.get(AnalysisInput.TO), images);
        GateCounts gates = new GateCounts();
        float[] startNC = line.logitsNC();
        float[] endNC = line.logitsNC();
        line.ends(startNC, endNC, gates);
        double h = Laziness.STEP;
        Laziness.Logits logits = new Laziness.Logits(
                startNC, endNC, line.logitsNC(h), line.logitsNC(-h), line.logitsNC(h / 2), line.logitsNC(-h / 2));
        return Laziness.measure(step, images.images(), logits, gates, relativeLive);
    }

    private static void requireSame(RunId start, RunId end) {
        if (!start.equals(end)) {
            throw new NotMeasurableException("laziness is that of one run, asked for are the start of " + start
                    + " and the end of " + end + "; ask again for one of them");
        }
    }

    private static @Nullable Double relativeLive(OpenInputs inputs, NetworkDescription network, Step step) {
        Weights start = inputs.weights(AnalysisInput.START, network);
        Weights end = inputs.weights(AnalysisInput.TO, network);
        GroupMovement live = Movement.measure(network, Step.START, step, start, null, start, end, null)
                .live();
        return live == null ? null : live.relative();
    }
}
