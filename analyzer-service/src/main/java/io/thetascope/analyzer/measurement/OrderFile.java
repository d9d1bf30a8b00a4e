package io.thetascope.analyzer.measurement;

import io.thetascope.artifacts.safetensors.DType;
import io.thetascope.artifacts.safetensors.SafetensorsWriter;
import io.thetascope.artifacts.safetensors.TensorSpec;
import io.thetascope.artifacts.safetensors.WrittenFile;
import io.thetascope.contracts.identity.AnalysisId;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.measures.order.LearningOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The tensors of an order of learning: for every block, by its name, the debiased linear CKA [t,t] between every two of its t
 * checkpoints, not a number where {@link LearningOrder} has none.
 */
final class OrderFile {
    private static final String FORMAT_VERSION = "1";

    private OrderFile() {}

    /** Writes it; the same measurement gives the same bytes. */
    static WrittenFile write(Path target, AnalysisId analysis, RunId run, LearningOrder measured) {
        Map<String, String> metadata =
                Map.of("analysis_id", analysis.value(), "run_id", run.value(), "format_version", FORMAT_VERSION);
        Map<String, List<List<Double>>> byBlock = measured.timeByTime();
        List<String> blocks = byBlock.keySet().stream().sorted().toList();
        long t = measured.summary().steps().size();
        List<TensorSpec> tensors = blocks.stream()
                .map(block -> new TensorSpec(block, DType.F64, List.of(t, t)))
                .toList();
        try (SafetensorsWriter writer = SafetensorsWriter.create(target, metadata, tensors)) {
            for (String block : blocks) {
                for (List<Double> row : byBlock.getOrDefault(block, List.of())) {
                    writer.writeDoubles(
                            block, row.stream().mapToDouble(Double::doubleValue).toArray());
                }
            }
            return writer.finish();
        }
    }
}
