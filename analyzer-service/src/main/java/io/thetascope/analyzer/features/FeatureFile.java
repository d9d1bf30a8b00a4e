package io.thetascope.analyzer.features;

import io.thetascope.artifacts.safetensors.DType;
import io.thetascope.artifacts.safetensors.SafetensorsWriter;
import io.thetascope.artifacts.safetensors.TensorSpec;
import io.thetascope.artifacts.safetensors.WrittenFile;
import io.thetascope.measures.features.Correlation;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

// n images, p units, c classes

/**
 * The tensors of a feature analysis as one safetensors file: {@code features} [n,p], {@code logits} [n,c],
 * {@code labels} [n], {@code probe_indices} [n] into the test images, {@code correlation} [p,p], which is not a number
 * where a unit is dead.
 */
final class FeatureFile {
    private static final String FORMAT_VERSION = "1";

    private FeatureFile() {}

    /** Writes it; the same measurement gives the same bytes. */
    static WrittenFile write(
            Path target,
            FeatureMeasure.Subject subject,
            ProbeImages images,
            Activations activations,
            Correlation correlation) {
        long n = images.count();
        long p = correlation.units();
        List<TensorSpec> tensors = List.of( // the wider type first: every tensor starts at a multiple of its element
                new TensorSpec("labels", DType.I64, List.of(n)),
                new TensorSpec("probe_indices", DType.I64, List.of(n)),
                new TensorSpec("features", DType.F32, List.of(n, p)),
                new TensorSpec("logits", DType.F32, List.of(n, activations.logitsNC().length / n)),
                new TensorSpec("correlation", DType.F32, List.of(p, p)));
        try (SafetensorsWriter writer = SafetensorsWriter.create(target, metadata(subject), tensors)) {
            writer.writeLongs("labels", images.labels());
            writer.writeLongs("probe_indices", images.indices());
            writer.writeFloats("features", activations.featuresNP());
            writer.writeFloats("logits", activations.logitsNC());
            float[] row = new float[correlation.units()];
            for (int unit = 0; unit < row.length; unit++) {
                correlation.row(unit, row);
                writer.writeFloats("correlation", row, 0, row.length);
            }
            return writer.finish();
        }
    }

    private static Map<String, String> metadata(FeatureMeasure.Subject subject) {
        return Map.of(
                "analysis_id", subject.analysis().value(),
                "run_id", subject.run().value(),
                "step", subject.step().toString(),
                "format_version", FORMAT_VERSION);
    }
}
