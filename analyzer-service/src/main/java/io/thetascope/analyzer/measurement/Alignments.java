package io.thetascope.analyzer.measurement;

import io.thetascope.analyzer.features.TensorUpload;
import io.thetascope.artifacts.safetensors.DType;
import io.thetascope.artifacts.safetensors.SafetensorsWriter;
import io.thetascope.artifacts.safetensors.TensorSpec;
import io.thetascope.artifacts.safetensors.WrittenFile;
import io.thetascope.contracts.analysis.AnalysisInput;
import io.thetascope.contracts.analysis.AnalysisRequest;
import io.thetascope.measures.NotMeasurableException;
import io.thetascope.measures.alignment.Alignment;
import io.thetascope.networks.NetworkDescription;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** How far two models are apart once the symmetries of their network are taken out. */
final class Alignments {
    private static final String FORMAT_VERSION = "1";
    private static final long MIB = 1 << 20;

    /** What the rest of the service keeps on the heap: libraries, clients, what is remembered. */
    private static final long RESERVE = 96 * MIB;

    private final TensorUpload upload;
    private final long heapBytes;

    /**
     * Aligns models.
     *
     * @param upload takes the permutations
     * @param heapBytes how large the heap of this process may become
     */
    Alignments(TensorUpload upload, long heapBytes) {
        this.upload = upload;
        this.heapBytes = heapBytes;
    }

    /** Aligns the right of a request to its left. */
    Measurement measure(AnalysisRequest request, OpenInputs inputs, NetworkDescription network) {
        requireHeap(network);
        Alignment aligned = Alignment.measure(
                network, inputs.weights(AnalysisInput.LEFT, network), inputs.weights(AnalysisInput.RIGHT, network));
        return new Measurement(
                aligned.summary(),
                upload.of(request.id(), target -> write(target, metadata(request, inputs), aligned)),
                inputs.read());
    }

    /**
     * Refuses models that do not fit the heap.
     *
     * @throws NotMeasurableException with how much is needed
     */
    void requireHeap(NetworkDescription network) {
        long needed = Alignment.heapBytes(network) + RESERVE;
        if (needed > heapBytes) {
            throw new NotMeasurableException("aligning two models of " + network.name() + " takes " + ceil(needed)
                    + " MiB of heap, this analyzer has " + heapBytes / MIB + "; start it with -Xmx" + ceil(needed)
                    + "m and ask again");
        }
    }

    private static long ceil(long bytes) {
        return (bytes + MIB - 1) / MIB;
    }

    private static Map<String, String> metadata(AnalysisRequest request, OpenInputs inputs) {
        return Map.of(
                "analysis_id", request.id().value(),
                "left_run_id", inputs.input(AnalysisInput.LEFT).runId().value(),
                "right_run_id", inputs.input(AnalysisInput.RIGHT).runId().value(),
                "format_version", FORMAT_VERSION);
    }

    /** Writes one tensor a group: for every unit of the left, the unit of the right that matches it. */
    private static WrittenFile write(Path target, Map<String, String> metadata, Alignment aligned) {
        Map<String, List<Integer>> permutations = aligned.permutations();
        List<TensorSpec> tensors = permutations.keySet().stream()
                .sorted()
                .map(group -> new TensorSpec(group, DType.I64, List.of((long)
                        permutations.getOrDefault(group, List.of()).size())))
                .toList();
        try (SafetensorsWriter writer = SafetensorsWriter.create(target, metadata, tensors)) {
            for (TensorSpec tensor : tensors) {
                writer.writeLongs(
                        tensor.name(),
                        permutations.getOrDefault(tensor.name(), List.of()).stream()
                                .mapToLong(Integer::longValue)
                                .toArray());
            }
            return writer.finish();
        }
    }
}
