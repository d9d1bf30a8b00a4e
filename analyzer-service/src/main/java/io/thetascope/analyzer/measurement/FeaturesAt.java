package io.thetascope.analyzer.measurement;

import io.thetascope.analyzer.cache.FileCache;
import io.thetascope.analyzer.features.FeatureMeasure;
import io.thetascope.analyzer.features.StoredFeatures;
import io.thetascope.analyzer.records.AnalysisRecords;
import io.thetascope.analyzer.records.RunRecords;
import io.thetascope.artifacts.safetensors.MalformedSafetensorsException;
import io.thetascope.artifacts.store.MissingObjectException;
import io.thetascope.contracts.analysis.AnalysisInput;
import io.thetascope.contracts.analysis.AnalysisKind;
import io.thetascope.contracts.analysis.AnalysisRequest;
import io.thetascope.contracts.analysis.ProbeSet;
import io.thetascope.contracts.event.AnalysisCompleted;
import io.thetascope.contracts.run.ArtifactRef;
import io.thetascope.measures.NotMeasurableException;
import io.thetascope.networks.NetworkDescription;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The features of a checkpoint on a probe set. Looks first whether they were measured from the checkpoint that counts now;
 * else takes them from the checkpoint. The numbers are the same either way.
 */
final class FeaturesAt {
    private static final Logger LOG = LoggerFactory.getLogger(FeaturesAt.class);

    private final RunRecords runs;
    private final AnalysisRecords analyses;
    private final FileCache cache;
    private final FeatureMeasure features;

    FeaturesAt(RunRecords runs, AnalysisRecords analyses, FileCache cache, FeatureMeasure features) {
        this.runs = runs;
        this.analyses = analyses;
        this.cache = cache;
        this.features = features;
    }

    /** Returns the analysis that measures the features of a checkpoint. */
    static AnalysisRequest request(AnalysisInput checkpoint, ProbeSet probe) {
        AnalysisInput at = new AnalysisInput(AnalysisInput.AT, checkpoint.runId(), checkpoint.step());
        return new AnalysisRequest(AnalysisKind.FEATURES, AnalysisKind.FEATURES.version(), List.of(at), probe);
    }

    /** Returns the features of the input of this name. Caller closes the result. */
    StoredFeatures of(OpenInputs inputs, String name, ProbeSet probe, NetworkDescription network) {
        AnalysisRequest request = request(inputs.input(name), probe);
        return analyses.find(request, Map.of(AnalysisInput.AT, inputs.place(name)))
                .flatMap(measured -> stored(measured, inputs, name))
                .orElseGet(() -> taken(request, inputs, name, network));
    }

    private Optional<StoredFeatures> stored(AnalysisCompleted measured, OpenInputs inputs, String name) {
        ArtifactRef tensors = measured.artifact();
        if (tensors == null) {
            return Optional.empty();
        }
        try {
            StoredFeatures found = StoredFeatures.open(
                    cache.fetch(tensors.key(), tensors.sha256()::equals).path());
            inputs.readThrough(name, measured.read().get(0).sha256());
            return Optional.of(found);
        } catch (NotMeasurableException | MissingObjectException | MalformedSafetensorsException e) {
            LOG.warn("features damaged, taking them again key={}", tensors.key(), e);
            return Optional.empty();
        }
    }

    private StoredFeatures taken(AnalysisRequest request, OpenInputs inputs, String name, NetworkDescription network) {
        AnalysisInput input = inputs.input(name);
        OpenCheckpoint checkpoint = inputs.get(name);
        FeatureMeasure.Subject subject = new FeatureMeasure.Subject(
                request.id(), input.runId(), input.step(), runs.spec(input.runId()), network);
        return features.take(
                subject, Optional.ofNullable(request.probe()).orElseThrow(), checkpoint.path(), checkpoint.header());
    }
}
