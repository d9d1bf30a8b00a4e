package io.thetascope.analyzer.features;

import io.thetascope.artifacts.safetensors.SafetensorsHeader;
import io.thetascope.contracts.analysis.FeaturesResult;
import io.thetascope.contracts.analysis.ProbeSet;
import io.thetascope.contracts.identity.AnalysisId;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.identity.Step;
import io.thetascope.contracts.run.ArtifactRef;
import io.thetascope.contracts.run.RunSpec;
import io.thetascope.measures.features.WithinModel;
import io.thetascope.networks.NetworkDescription;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Takes features of a checkpoint on its probe set, correlates them, and stores what is too large for an event. */
public final class FeatureMeasure {
    private final TensorUpload upload;
    private final ProbeSets probes;
    private final FeatureModel model;
    private final Path workFolder;

    /**
     * Measures features.
     *
     * @param upload takes the tensors
     * @param probes gives the images
     * @param model runs networks
     * @param workFolder for features on their way
     */
    public FeatureMeasure(TensorUpload upload, ProbeSets probes, FeatureModel model, Path workFolder) {
        this.upload = upload;
        this.probes = probes;
        this.model = model;
        this.workFolder = workFolder;
    }

    /**
     * Whose features are taken.
     *
     * @param analysis names the tensors
     * @param run of the checkpoint
     * @param step of the checkpoint
     * @param spec of the run: what the images are and how the network sees them
     * @param network that the spec names
     */
    public record Subject(AnalysisId analysis, RunId run, Step step, RunSpec spec, NetworkDescription network) {}

    /**
     * What was taken.
     *
     * @param summary the numbers
     * @param tensors features, logits, blocks, labels, probe indices and correlation matrices, in the store
     */
    public record Taken(FeaturesResult summary, ArtifactRef tensors) {}

    /**
     * Measures the features of one checkpoint.
     *
     * @param subject whose
     * @param probe on which images
     * @param checkpoint the verified file
     * @param header of that file
     * @throws io.thetascope.measures.NotMeasurableException when the features have no such measure
     */
    public Taken measure(Subject subject, ProbeSet probe, Path checkpoint, SafetensorsHeader header) {
        ProbeImages images = probes.get(probe);
        Activations activations = model.run(subject.network(), checkpoint, header, images.seenBy(subject.spec()));
        WithinModel measured = WithinModel.measure(subject.step(), activations.features(), images.labels());
        ArtifactRef tensors = upload.of(
                subject.analysis(), target -> FeatureFile.write(target, subject, images, activations, measured));
        return new Taken(measured.summary(), tensors);
    }

    /**
     * Takes the features of one checkpoint into a file that is removed when it is closed, with the same values that
     * {@link #measure} stores. Caller closes the result.
     *
     * @param subject whose
     * @param probe on which images
     * @param checkpoint the verified file
     * @param header of that file
     */
    public StoredFeatures take(Subject subject, ProbeSet probe, Path checkpoint, SafetensorsHeader header) {
        ProbeImages images = probes.get(probe);
        Activations activations = model.run(subject.network(), checkpoint, header, images.seenBy(subject.spec()));
        try {
            Path target = Files.createTempFile(workFolder, subject.analysis() + ".", ".features");
            FeatureFile.write(target, subject, images, activations, null);
            return StoredFeatures.openOnce(target);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep features in " + workFolder + "; is the disk full?", e);
        }
    }
}
