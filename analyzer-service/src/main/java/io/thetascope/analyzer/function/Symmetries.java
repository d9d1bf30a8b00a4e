package io.thetascope.analyzer.function;

import io.thetascope.analyzer.features.FeatureModel;
import io.thetascope.analyzer.features.ImageBatches;
import io.thetascope.analyzer.features.PreparedImages;
import io.thetascope.artifacts.safetensors.SafetensorsFile;
import io.thetascope.contracts.analysis.FunctionChange;
import io.thetascope.contracts.analysis.FunctionFigures;
import io.thetascope.contracts.analysis.SymmetryResult;
import io.thetascope.measures.features.Features;
import io.thetascope.measures.symmetry.Checkpoint;
import io.thetascope.measures.symmetry.FunctionChanges;
import io.thetascope.measures.symmetry.NormShifts;
import io.thetascope.measures.symmetry.SymmetryPrediction;
import io.thetascope.networks.NetworkDescription;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a perturbation does to the function before retraining, beside what the symmetries of the network say. What they say is run
 * as well: the network that θp is said to be has a file of its own.
 */
public final class Symmetries {
    private final FeatureModel model;
    private final NormStatistics statistics;
    private final Path folder;

    /**
     * Measures symmetries.
     *
     * @param model runs networks
     * @param folder for checkpoints with turned signs and recomputed statistics
     */
    public Symmetries(FeatureModel model, Path folder) {
        this.model = model;
        this.statistics = new NormStatistics(model);
        this.folder = folder;
    }

    /**
     * A model and the file that it is in.
     *
     * @param file the verified checkpoint
     * @param values what is in it
     */
    public record Side(SafetensorsFile file, Checkpoint values) {}

    /** The images, as the network sees them. Not a record: it holds an array. */
    public static final class Images {
        private final PreparedImages probe;
        private final int[] labels;
        private final @Nullable PreparedImages statistics;

        /**
         * Keeps images.
         *
         * @param probe on which functions are compared
         * @param labels of the probe images
         * @param statistics training images for the statistics of BatchNorms; absent for networks without
         */
        public Images(PreparedImages probe, int[] labels, @Nullable PreparedImages statistics) {
            this.probe = probe;
            this.labels = labels.clone();
            this.statistics = statistics;
        }
    }

    /** How well the unperturbed model classifies, and what the perturbation did to it. */
    private record Change(FunctionFigures before, FunctionChange change) {}

    /**
     * Measures one perturbation.
     *
     * @param network of both
     * @param original θ1
     * @param perturbed θp
     * @param images to run them on
     * @throws io.thetascope.measures.NotMeasurableException when outputs are not finite, or all 0 before the perturbation
     */
    public SymmetryResult measure(NetworkDescription network, Side original, Side perturbed, Images images) {
        SymmetryPrediction prediction = SymmetryPrediction.of(network, original.values(), perturbed.values());
        SafetensorsFile file = perturbed.file();
        if (!prediction.predicts()) {
            return result(network, original, new Models(original.file(), file, null), prediction, images);
        }
        try (TemporaryFile target = TemporaryFile.in(folder, "turned.")) {
            TurnedCheckpoint.write(target.path(), network, file, prediction.gauge());
            try (SafetensorsFile turned = SafetensorsFile.open(target.path())) {
                return result(network, original, new Models(original.file(), file, turned), prediction, images);
            }
        }
    }

    private SymmetryResult result(
            NetworkDescription network, Side original, Models models, SymmetryPrediction prediction, Images images) {
        NetworkOutputs outputs =
                new NetworkOutputs(model, network, new ImageBatches(images.probe, network.inputShape()));
        boolean negated = prediction.gauge().negatesLogits();
        Change stored = models.change(outputs::of, negated, images.labels);
        PreparedImages fresh = images.statistics;
        Change recomputed = fresh == null
                ? null
                : models.change(file -> recomputed(network, file, fresh, outputs), negated, images.labels);
        return new SymmetryResult(
                prediction.kind(),
                prediction.reason(),
                images.probe.count(),
                fresh == null ? 0 : fresh.count(),
                stored.before,
                recomputed == null ? null : recomputed.before,
                stored.change,
                recomputed == null ? null : recomputed.change,
                NormShifts.of(network, original.values()));
    }

    private Features recomputed(
            NetworkDescription network, SafetensorsFile file, PreparedImages images, NetworkOutputs outputs) {
        ImageBatches whole = ImageBatches.whole(images, network.inputShape());
        try (TemporaryFile target = TemporaryFile.in(folder, "statistics.")) {
            statistics.write(network, file.path(), file.header(), whole, target.path());
            try (SafetensorsFile recomputed = SafetensorsFile.open(target.path())) {
                return outputs.of(recomputed);
            }
        }
    }

    /** The files of θ1, θp, and of the network that θp is said to be, where it is said to be one. */
    private record Models(
            SafetensorsFile original,
            SafetensorsFile perturbed,
            @Nullable SafetensorsFile predicted) {
        Change change(Function<SafetensorsFile, Features> run, boolean negated, int[] labelsN) {
            FunctionChanges changes = new FunctionChanges(run.apply(original), labelsN);
            Features said = predicted == null ? null : run.apply(predicted);
            if (said != null && negated) {
                said = negated(said);
            }
            return new Change(changes.before(), changes.to(run.apply(perturbed), said));
        }

        private static Features negated(Features features) {
            float[] logitsNC = features.logitsNC().clone();
            for (int i = 0; i < logitsNC.length; i++) {
                logitsNC[i] = -logitsNC[i];
            }
            return new Features(features.featuresNP(), logitsNC, features.images());
        }
    }
}
