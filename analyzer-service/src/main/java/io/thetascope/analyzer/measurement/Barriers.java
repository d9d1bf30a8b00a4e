package io.thetascope.analyzer.measurement;

import io.thetascope.analyzer.features.FeatureModel;
import io.thetascope.analyzer.features.ImageBatches;
import io.thetascope.analyzer.features.ProbeSets;
import io.thetascope.analyzer.features.TrainingSets;
import io.thetascope.analyzer.function.LabelledImages;
import io.thetascope.analyzer.function.MatchedCheckpoint;
import io.thetascope.analyzer.function.NetworkLine;
import io.thetascope.analyzer.function.NormStatistics;
import io.thetascope.analyzer.function.TemporaryFile;
import io.thetascope.analyzer.records.RunRecords;
import io.thetascope.artifacts.safetensors.SafetensorsFile;
import io.thetascope.contracts.analysis.AnalysisInput;
import io.thetascope.contracts.analysis.BarrierResult;
import io.thetascope.contracts.analysis.InterpolationLine;
import io.thetascope.contracts.analysis.ProbeSet;
import io.thetascope.contracts.identity.Digest;
import io.thetascope.contracts.run.RunSpec;
import io.thetascope.measures.NotMeasurableException;
import io.thetascope.measures.alignment.UnitMatching;
import io.thetascope.measures.function.LossLine;
import io.thetascope.measures.function.TrainingSplit;
import io.thetascope.networks.NetworkDescription;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The loss along the straight line between two models, as they are and with the units of the right matched to the left's. */
final class Barriers {
    private static final String NOTHING_TO_MATCH =
            "matching leaves every unit where it is; the aligned line is the raw one";

    /** What takes longer to match is not planned to be either. */
    private static final long MOST_MATCHED_PARAMETERS = 50_000_000;

    private final RunRecords runs;
    private final ProbeSets probes;
    private final TrainingSets training;
    private final FeatureModel model;
    private final Path folder;
    private final Alignments alignments;

    /**
     * Measures barriers.
     *
     * @param runs what is known of runs
     * @param probes gives the images for the test loss
     * @param instruments gives the images for the training loss, and runs networks
     * @param alignments says which models can be matched
     */
    Barriers(RunRecords runs, ProbeSets probes, Instruments instruments, Alignments alignments) {
        this.runs = runs;
        this.probes = probes;
        this.training = new TrainingSets(instruments.cache());
        this.model = instruments.model();
        this.folder = instruments.folder();
        this.alignments = alignments;
    }

    /** Measures the line from the left of a request to its right. */
    BarrierResult measure(OpenInputs inputs, ProbeSet probe, NetworkDescription network) {
        RunSpec spec = runs.spec(inputs.input(AnalysisInput.LEFT).runId());
        Images images = images(spec, runs.spec(inputs.input(AnalysisInput.RIGHT).runId()), probe, network);
        inputs.weights(AnalysisInput.LEFT, network); // refuses a checkpoint that is none of this network's
        inputs.weights(AnalysisInput.RIGHT, network);
        SafetensorsFile left = inputs.get(AnalysisInput.LEFT).tensors();
        SafetensorsFile right = inputs.get(AnalysisInput.RIGHT).tensors();
        InterpolationLine raw = line(left, right, images, network);
        UnitMatching matching;
        try {
            matching = matching(inputs, network);
        } catch (NotMeasurableException e) {
            return images.result(raw, null, String.valueOf(e.getMessage()));
        }
        return matching.leavesEveryUnit()
                ? images.result(raw, null, NOTHING_TO_MATCH)
                : images.result(raw, aligned(left, right, matching, images, network), null);
    }

    private UnitMatching matching(OpenInputs inputs, NetworkDescription network) {
        if (network.parameterCount() > MOST_MATCHED_PARAMETERS) {
            throw new NotMeasurableException(network.name() + " has " + network.parameterCount()
                    + " parameters, units are matched up to " + MOST_MATCHED_PARAMETERS + "; take a smaller network");
        }
        alignments.requireHeap(network);
        return UnitMatching.of(
                network, inputs.weights(AnalysisInput.LEFT, network), inputs.weights(AnalysisInput.RIGHT, network));
    }

    private InterpolationLine aligned(
            SafetensorsFile left,
            SafetensorsFile right,
            UnitMatching matching,
            Images images,
            NetworkDescription network) {
        try (TemporaryFile target = TemporaryFile.in(folder, "matched.")) {
            MatchedCheckpoint.write(target.path(), network, right, matching);
            try (SafetensorsFile matched = SafetensorsFile.open(target.path())) {
                return line(left, matched, images, network);
            }
        }
    }

    private InterpolationLine line(
            SafetensorsFile left, SafetensorsFile right, Images images, NetworkDescription network) {
        NetworkLine line = new NetworkLine(model, folder, network, left, right, images.statistics);
        List<Double> train = new ArrayList<>();
        List<Double> probe = new ArrayList<>();
        for (double alpha : LossLine.alphas()) {
            line.at(alpha, List.of(), session -> {
                train.add(images.train.figures(session).loss());
                probe.add(images.probe.figures(session).loss());
            });
        }
        LossLine trainLine = LossLine.of(train);
        LossLine probeLine = LossLine.of(probe);
        return new InterpolationLine(trainLine.finite(), probeLine.finite(), trainLine.barrier(), probeLine.barrier());
    }

    private Images images(RunSpec left, RunSpec right, ProbeSet probe, NetworkDescription network) {
        Digest dataset = left.dataset().digest();
        if (!dataset.equals(right.dataset().digest())) {
            throw new NotMeasurableException("runs " + left.id() + " and " + right.id() + " were trained on data sets "
                    + dataset.prefix() + " and " + right.dataset().digest().prefix()
                    + ", so there is no loss of both; ask for two runs on one data set");
        }
        int seen = Math.min(left.dataset().train(), right.dataset().train());
        TrainingSplit split = TrainingSplit.of(seen, NormStatistics.exist(network));
        ImageBatches statistics = split.statistics() == 0
                ? null
                : ImageBatches.whole(
                        training.get(dataset, split.loss(), split.statistics()).seenBy(left), network.inputShape());
        return new Images(
                new LabelledImages(training.get(dataset, 0, split.loss()), left, network),
                new LabelledImages(probes.get(probe), left, network),
                statistics);
    }

    /** On what the losses are taken. */
    private record Images(
            LabelledImages train,
            LabelledImages probe,
            @Nullable ImageBatches statistics) {
        BarrierResult result(InterpolationLine raw, @Nullable InterpolationLine aligned, @Nullable String absent) {
            int recomputed = statistics == null ? 0 : statistics.images();
            return new BarrierResult(train.count(), probe.count(), recomputed, raw, aligned, absent);
        }
    }
}
