package io.thetascope.analyzer.features;

import io.thetascope.artifacts.safetensors.DType;
import io.thetascope.artifacts.safetensors.SafetensorsWriter;
import io.thetascope.artifacts.safetensors.TensorSpec;
import io.thetascope.artifacts.safetensors.WrittenFile;
import io.thetascope.measures.features.Correlation;
import io.thetascope.measures.features.Features;
import io.thetascope.measures.features.WithinModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

// n images, p units, c classes

/**
 * The tensors of a feature analysis as one safetensors file: {@code features} [n,p], {@code logits} [n,c],
 * {@code labels} [n], {@code probe_indices} [n] into the test images, {@code block/<layer>} [n, channels or units] for
 * every block, spatially averaged, {@code correlation} [p,p], which is not a number where a unit is dead, and
 * {@code correlation_within_class} [p,p] where there are images enough for one.
 */
final class FeatureFile {
    static final String FEATURES = "features";
    static final String LOGITS = "logits";
    static final String LABELS = "labels";
    static final String INDICES = "probe_indices";
    static final String CORRELATION = "correlation";
    static final String WITHIN_CLASS = "correlation_within_class";

    private static final String FORMAT_VERSION = "2"; // 1 had neither blocks nor correlations within class

    private FeatureFile() {}

    /** Returns the name of the tensor of a block. */
    static String block(String layer) {
        return "block/" + layer;
    }

    /**
     * Writes it; the same measurement gives the same bytes.
     *
     * @param measured the correlations; absent where the features alone are wanted
     */
    static WrittenFile write(
            Path target,
            FeatureMeasure.Subject subject,
            ProbeImages images,
            Activations activations,
            @Nullable WithinModel measured) {
        List<TensorSpec> tensors = specs(activations, measured);
        try (SafetensorsWriter writer = SafetensorsWriter.create(target, metadata(subject), tensors)) {
            writer.writeLongs(LABELS, images.labels());
            writer.writeLongs(INDICES, images.indices());
            writer.writeFloats(FEATURES, activations.features().featuresNP());
            writer.writeFloats(LOGITS, activations.features().logitsNC());
            activations.blocks().forEach(b -> writer.writeFloats(block(b), activations.blockNP(b)));
            if (measured != null) {
                write(writer, CORRELATION, measured.correlation());
                write(writer, WITHIN_CLASS, measured.withinClassCorrelation());
            }
            return writer.finish();
        }
    }

    private static List<TensorSpec> specs(Activations activations, @Nullable WithinModel measured) {
        Features features = activations.features();
        long n = features.images();
        long p = features.units();
        List<TensorSpec> tensors = new ArrayList<>(List.of( // the wider type first
                new TensorSpec(LABELS, DType.I64, List.of(n)),
                new TensorSpec(INDICES, DType.I64, List.of(n)),
                new TensorSpec(FEATURES, DType.F32, List.of(n, p)),
                new TensorSpec(LOGITS, DType.F32, List.of(n, features.logitsNC().length / n))));
        activations
                .blocks()
                .forEach(b ->
                        tensors.add(new TensorSpec(block(b), DType.F32, List.of(n, (long) activations.blockWidth(b)))));
        if (measured != null) {
            tensors.add(new TensorSpec(CORRELATION, DType.F32, List.of(p, p)));
            if (measured.withinClassCorrelation() != null) {
                tensors.add(new TensorSpec(WITHIN_CLASS, DType.F32, List.of(p, p)));
            }
        }
        return tensors;
    }

    private static void write(SafetensorsWriter writer, String name, @Nullable Correlation correlation) {
        if (correlation == null) {
            return;
        }
        float[] row = new float[correlation.units()];
        for (int unit = 0; unit < row.length; unit++) {
            correlation.row(unit, row);
            writer.writeFloats(name, row, 0, row.length);
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
