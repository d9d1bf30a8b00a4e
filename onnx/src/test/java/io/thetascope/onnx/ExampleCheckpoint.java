package io.thetascope.onnx;

import io.thetascope.artifacts.safetensors.DType;
import io.thetascope.artifacts.safetensors.SafetensorsFile;
import io.thetascope.artifacts.safetensors.SafetensorsHeader;
import io.thetascope.artifacts.safetensors.SafetensorsWriter;
import io.thetascope.artifacts.safetensors.TensorSpec;
import io.thetascope.networks.Buffer;
import io.thetascope.networks.NetworkDescription;
import io.thetascope.networks.StateTensor;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** A checkpoint file in which every value is random, biases and statistics too, so that no term of a layer can hide. */
final class ExampleCheckpoint {

    final NetworkDescription network;
    final Path file;
    final Map<String, float[]> state = new HashMap<>();

    private ExampleCheckpoint(NetworkDescription network, Path file) {
        this.network = network;
        this.file = file;
    }

    static ExampleCheckpoint write(NetworkDescription network, Path folder) {
        ExampleCheckpoint checkpoint = new ExampleCheckpoint(network, folder.resolve("checkpoint.safetensors"));
        // not a multiple of any alignment: the header's length varies with it
        Map<String, String> metadata = Map.of("format_version", "1", "step", "400");
        List<TensorSpec> specs = TensorSpec.widestFirst(
                network.state().stream().map(ExampleCheckpoint::spec).toList());
        SplittableRandom random = new SplittableRandom(5);
        try (SafetensorsWriter writer = SafetensorsWriter.create(checkpoint.file, metadata, specs)) {
            for (TensorSpec spec : specs) {
                if (spec.dtype() == DType.I64) {
                    writer.writeLongs(spec.name(), 400);
                } else {
                    writer.writeFloats(spec.name(), checkpoint.fill(spec, random));
                }
            }
            writer.finish();
        }
        return checkpoint;
    }

    SafetensorsHeader header() {
        try (SafetensorsFile open = SafetensorsFile.open(file)) {
            return open.header();
        }
    }

    private float[] fill(TensorSpec spec, SplittableRandom random) {
        float[] values = new float[(int) spec.elements()];
        boolean positive = spec.name().endsWith("running_var");
        double scale = spec.shape().size() > 1 ? Math.sqrt(6.0 * spec.shape().get(0) / values.length) : 1;
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (positive ? random.nextDouble(0.5, 2) : scale * random.nextDouble(-1, 1));
        }
        state.put(spec.name(), values);
        return values;
    }

    private static TensorSpec spec(StateTensor tensor) {
        boolean counter = tensor instanceof Buffer buffer && buffer.type() == Buffer.ElementType.I64;
        List<Long> shape =
                tensor.shape().extents().stream().map(Integer::longValue).toList();
        return new TensorSpec(tensor.name(), counter ? DType.I64 : DType.F32, shape);
    }
}
