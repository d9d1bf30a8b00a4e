package io.thetascope.gateway.testing;

import io.thetascope.artifacts.safetensors.DType;
import io.thetascope.artifacts.safetensors.SafetensorsWriter;
import io.thetascope.artifacts.safetensors.TensorSpec;
import io.thetascope.contracts.run.InputShape;
import io.thetascope.networks.NetworkDescription;
import io.thetascope.networks.Networks;
import io.thetascope.networks.StateTensor;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Files of weights as torchvision's state_dict gives them: every value the same, but one where a test wants it. */
public final class WeightFiles {
    private WeightFiles() {}

    /** The tensors of a network with a head of a thousand classes. */
    public static List<TensorSpec> imageNet(String network) {
        NetworkDescription description = Networks.named(network, new InputShape(3, 32, 32));
        String head = description.head().name();
        return description.state().stream()
                .map(tensor -> spec(tensor, tensor.layer().equals(head)))
                .toList();
    }

    /** The tensors of a network as a checkpoint has them. */
    public static List<TensorSpec> classifier(String network, InputShape input) {
        return Networks.named(network, input).state().stream()
                .map(tensor -> spec(tensor, false))
                .toList();
    }

    private static TensorSpec spec(StateTensor tensor, boolean head) {
        List<Long> shape =
                tensor.shape().extents().stream().map(Integer::longValue).toList();
        List<Long> wide =
                head ? Stream.concat(Stream.of(1000L), shape.stream().skip(1)).toList() : shape;
        boolean count = tensor.name().endsWith("num_batches_tracked");
        return new TensorSpec(tensor.name(), count ? DType.I64 : DType.F32, wide);
    }

    public static Path write(Path target, List<TensorSpec> tensors, float value) {
        return write(target, tensors, value, Optional.empty());
    }

    /** Writes a file, not a number into the last element of a tensor. */
    public static Path write(Path target, List<TensorSpec> tensors, float value, Optional<String> notANumber) {
        List<TensorSpec> ordered = TensorSpec.widestFirst(tensors);
        try (SafetensorsWriter writer = SafetensorsWriter.create(target, Map.of(), ordered)) {
            for (TensorSpec tensor : ordered) {
                int count = Math.toIntExact(tensor.elements());
                if (tensor.dtype() == DType.F32) {
                    float[] values = new float[count];
                    Arrays.fill(values, value);
                    if (notANumber.filter(tensor.name()::equals).isPresent()) {
                        values[count - 1] = Float.NaN;
                    }
                    writer.writeFloats(tensor.name(), values);
                } else if (tensor.dtype() == DType.I64) {
                    writer.writeLongs(tensor.name(), new long[count]);
                } else {
                    writer.writeBytes(tensor.name(), new byte[(int) tensor.byteCount()], 0, (int) tensor.byteCount());
                }
            }
            return writer.finish().path();
        }
    }
}
