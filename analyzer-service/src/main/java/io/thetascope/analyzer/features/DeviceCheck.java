package io.thetascope.analyzer.features;

import io.thetascope.artifacts.safetensors.SafetensorsFile;
import io.thetascope.artifacts.safetensors.SafetensorsWriter;
import io.thetascope.artifacts.safetensors.TensorSpec;
import io.thetascope.contracts.run.InputShape;
import io.thetascope.networks.NetworkDescription;
import io.thetascope.networks.Networks;
import io.thetascope.networks.Parameter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Whether the device that was promised is there: a LeNet of zeros is run on it. */
public final class DeviceCheck {
    private static final Path DEVICES = Path.of("/dev");

    private DeviceCheck() {}

    /**
     * Refuses a device that is not there.
     *
     * @param model runs on the device
     * @param folder for the network
     * @throws IllegalStateException with the reason and what to do
     */
    public static void require(FeatureModel model, Path folder) {
        NetworkDescription network = Networks.named("lenet", new InputShape(1, 32, 32));
        Path weights = folder.resolve("device-check.safetensors");
        try {
            if (model.device().cuda()) {
                NvidiaGpus.require(DEVICES, model.device().index());
            }
            write(weights, network);
            run(model, weights, network);
        } catch (IllegalStateException | LinkageError e) {
            throw new IllegalStateException(
                    "thetascope.analyzer.device is " + model.device() + ", which does not run networks here: "
                            + e.getMessage() + "; set it to cpu, or run a build with ONNX Runtime for CUDA on a machine"
                            + " with an NVIDIA GPU",
                    e);
        } finally {
            remove(weights);
        }
    }

    private static void write(Path target, NetworkDescription network) {
        List<TensorSpec> tensors = network.parameters().stream()
                .map(p -> TensorSpec.f32(p.name(), p.shape().extents()))
                .toList();
        try (SafetensorsWriter writer = SafetensorsWriter.create(target, Map.of(), tensors)) {
            for (Parameter parameter : network.parameters()) {
                writer.writeFloats(parameter.name(), new float[Math.toIntExact(parameter.size())]);
            }
            writer.finish();
        }
    }

    private static void run(FeatureModel model, Path weights, NetworkDescription network) {
        try (SafetensorsFile file = SafetensorsFile.open(weights);
                NetworkSession session = model.open(network, weights, file.header(), List.of())) {
            new ImageBatches(black(network), network.inputShape())
                    .forEach((batch, from, count) -> session.run(batch, count).close());
        }
    }

    private static PreparedImages black(NetworkDescription network) {
        return new PreparedImages() {
            @Override
            public int count() {
                return 1;
            }

            @Override
            public void appendTo(FloatBuffer buffer, int image) {
                buffer.put(new float[Math.toIntExact(network.inputShape().size())]);
            }
        };
    }

    private static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + file, e);
        }
    }
}
