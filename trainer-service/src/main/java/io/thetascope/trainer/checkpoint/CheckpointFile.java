package io.thetascope.trainer.checkpoint;

import io.thetascope.artifacts.safetensors.SafetensorsFile;
import io.thetascope.artifacts.safetensors.SafetensorsWriter;
import io.thetascope.artifacts.safetensors.TensorEntry;
import io.thetascope.artifacts.safetensors.TensorSpec;
import io.thetascope.artifacts.safetensors.WrittenFile;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.identity.Step;
import io.thetascope.trainer.network.NetworkState;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The weights and running statistics of a run at a step as a safetensors file with torchvision's names. */
public final class CheckpointFile {
    private static final String FORMAT_VERSION = "1";

    private CheckpointFile() {}

    /** Writes the state as it is; an equal state of a run and step gives equal bytes. */
    public static WrittenFile write(Path target, RunId run, Step step, int epoch, NetworkState state) {
        List<TensorSpec> tensors = TensorSpec.widestFirst(StateTensors.specs(state));
        try (SafetensorsWriter writer = SafetensorsWriter.create(target, metadata(run, step, epoch), tensors)) {
            tensors.forEach(tensor -> StateTensors.write(writer, tensor, state));
            return writer.finish();
        }
    }

    static Map<String, String> metadata(RunId run, Step step, int epoch) {
        return Map.of(
                "run_id", run.value(),
                "step", step.toString(),
                "epoch", Integer.toString(epoch),
                "format_version", FORMAT_VERSION);
    }

    /**
     * Overwrites the state with that of a file.
     *
     * @throws IllegalArgumentException when the file's tensors are not exactly the network's; the message names the first
     *     difference
     */
    public static void read(Path file, NetworkState state) {
        List<String> names = StateTensors.names(state);
        try (SafetensorsFile checkpoint = SafetensorsFile.open(file)) {
            int there = checkpoint.header().tensors().size();
            if (there != names.size()) {
                throw new IllegalArgumentException(
                        file + ": " + there + " tensors where the network has " + names.size());
            }
            StateTensors.read(checkpoint, state, names);
        }
    }

    /** Returns the shape of every tensor of a file, by name. */
    public static Map<String, List<Long>> shapes(Path file) {
        try (SafetensorsFile weights = SafetensorsFile.open(file)) {
            return weights.header().tensors().stream()
                    .collect(Collectors.toUnmodifiableMap(TensorEntry::name, TensorEntry::shape));
        }
    }

    /** Overwrites a part of the state with what a file, that may hold more, has under these names. */
    public static void read(Path file, NetworkState state, List<String> names) {
        try (SafetensorsFile weights = SafetensorsFile.open(file)) {
            StateTensors.read(weights, state, names);
        }
    }
}
