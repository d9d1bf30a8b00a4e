package io.thetascope.trainer.checkpoint;

import io.thetascope.artifacts.safetensors.SafetensorsFile;
import io.thetascope.artifacts.safetensors.SafetensorsWriter;
import io.thetascope.artifacts.safetensors.TensorEntry;
import io.thetascope.artifacts.safetensors.TensorSpec;
import io.thetascope.artifacts.safetensors.WrittenFile;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.identity.Step;
import io.thetascope.networks.Parameter;
import io.thetascope.trainer.network.FlatWeights;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The weights of a run at a step as a safetensors file with torchvision's names. */
public final class CheckpointFile {
    private static final String FORMAT_VERSION = "1";
    private static final int CHUNK = 1 << 18;

    private CheckpointFile() {}

    /** Writes the weights as they are; equal weights of a run and step give equal bytes. */
    public static WrittenFile write(Path target, RunId run, Step step, int epoch, FlatWeights weights) {
        Map<String, String> metadata = Map.of(
                "run_id", run.value(),
                "step", step.toString(),
                "epoch", Integer.toString(epoch),
                "format_version", FORMAT_VERSION);
        List<TensorSpec> tensors = weights.parameters().stream()
                .map(p -> TensorSpec.f32(p.name(), p.shape().extents()))
                .toList();
        try (SafetensorsWriter writer = SafetensorsWriter.create(target, metadata, tensors)) {
            for (int i = 0; i < weights.parameters().size(); i++) {
                Parameter parameter = weights.parameters().get(i);
                for (long from = 0; from < parameter.size(); from += CHUNK) {
                    writer.writeFloats(parameter.name(), weights.read(i, from, pieceOf(parameter, from)));
                }
            }
            return writer.finish();
        }
    }

    /**
     * Overwrites the weights with those of a file.
     *
     * @throws IllegalArgumentException when the file's tensors are not exactly the network's; the message names the first
     *     difference
     */
    public static void read(Path file, FlatWeights weights) {
        try (SafetensorsFile checkpoint = SafetensorsFile.open(file)) {
            requireSameTensors(checkpoint, weights);
            for (int i = 0; i < weights.parameters().size(); i++) {
                Parameter parameter = weights.parameters().get(i);
                TensorEntry tensor = checkpoint.tensor(parameter.name());
                for (long from = 0; from < parameter.size(); from += CHUNK) {
                    float[] values = new float[pieceOf(parameter, from)];
                    checkpoint.readFloats(tensor, from, values, 0, values.length);
                    weights.write(i, from, values);
                }
            }
        }
    }

    private static void requireSameTensors(SafetensorsFile checkpoint, FlatWeights weights) {
        for (Parameter parameter : weights.parameters()) {
            TensorSpec wanted =
                    TensorSpec.f32(parameter.name(), parameter.shape().extents());
            TensorSpec found = checkpoint.tensor(parameter.name()).spec();
            if (!found.equals(wanted)) {
                throw new IllegalArgumentException(
                        checkpoint.path() + ": " + found + " where the network has " + wanted);
            }
        }
        int there = checkpoint.header().tensors().size();
        if (there != weights.parameters().size()) {
            throw new IllegalArgumentException(checkpoint.path() + ": " + there + " tensors where the network has "
                    + weights.parameters().size());
        }
    }

    private static int pieceOf(Parameter parameter, long from) {
        return (int) Math.min(CHUNK, parameter.size() - from);
    }
}
