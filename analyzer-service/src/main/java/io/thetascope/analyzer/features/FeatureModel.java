package io.thetascope.analyzer.features;

import ai.onnxruntime.OrtEnvironment;
import io.thetascope.artifacts.safetensors.SafetensorsHeader;
import io.thetascope.networks.NetworkDescription;
import java.nio.file.Path;
import java.util.List;

/** Runs networks in ONNX Runtime. */
public final class FeatureModel {
    private final OrtEnvironment environment = OrtEnvironment.getEnvironment("thetascope");
    private final Device device;

    /** Runs networks on this device. */
    public FeatureModel(Device device) {
        this.device = device;
    }

    /** Returns on what networks run. */
    Device device() {
        return device;
    }

    /**
     * Runs a network over images. Its blocks are always observed: a graph without them may be fused, and so rounded, in
     * another way.
     *
     * @param network whose checkpoint it is
     * @param checkpoint the verified file
     * @param header of that file
     * @param images as the network sees them
     */
    Activations run(NetworkDescription network, Path checkpoint, SafetensorsHeader header, PreparedImages images) {
        Activations activations = new Activations(network, images.count());
        ImageBatches batches = new ImageBatches(images, network.inputShape());
        try (NetworkSession session = open(network, checkpoint, header, network.blocks())) {
            batches.forEach((batch, from, count) -> {
                try (NetworkSession.Outputs outputs = session.run(batch, count)) {
                    activations.put(from, count, outputs);
                }
            });
        }
        return activations;
    }

    /**
     * Opens a network. Caller closes the result.
     *
     * @param network whose checkpoint it is
     * @param checkpoint the verified file
     * @param header of that file
     * @param observed layers whose outputs are wanted besides features and logits
     */
    public NetworkSession open(
            NetworkDescription network, Path checkpoint, SafetensorsHeader header, List<String> observed) {
        return NetworkSession.open(environment, device, network, checkpoint, header, observed);
    }

    /**
     * Opens a network in training mode, for the statistics of whole batches at its BatchNorms. Caller closes the result.
     *
     * @param network that has a BatchNorm
     * @param checkpoint the verified file
     * @param header of that file
     */
    public NetworkSession openStatistics(NetworkDescription network, Path checkpoint, SafetensorsHeader header) {
        return NetworkSession.statistics(environment, device, network, checkpoint, header);
    }
}
