package io.thetascope.analyzer.function;

import io.thetascope.analyzer.features.FeatureModel;
import io.thetascope.analyzer.features.ImageBatches;
import io.thetascope.analyzer.features.NetworkSession;
import io.thetascope.artifacts.safetensors.SafetensorsFile;
import io.thetascope.measures.features.Features;
import io.thetascope.networks.NetworkDescription;
import java.util.List;

/** What a network gives for some images, with the weights of one checkpoint or another. */
final class NetworkOutputs {
    private final FeatureModel model;
    private final NetworkDescription network;
    private final ImageBatches images;

    /**
     * Runs nothing yet.
     *
     * @param model runs networks
     * @param network whose checkpoints will be run
     * @param images as the network sees them
     */
    NetworkOutputs(FeatureModel model, NetworkDescription network, ImageBatches images) {
        this.model = model;
        this.network = network;
        this.images = images;
    }

    /** Returns features and logits. */
    Features of(SafetensorsFile checkpoint) {
        int width = network.featureWidth();
        int classes = network.classes();
        float[] featuresNP = new float[Math.multiplyExact(images.images(), width)];
        float[] logitsNC = new float[Math.multiplyExact(images.images(), classes)];
        try (NetworkSession session = model.open(network, checkpoint.path(), checkpoint.header(), List.of())) {
            images.forEach((batch, from, count) -> {
                try (NetworkSession.Outputs outputs = session.run(batch, count)) {
                    outputs.features().get(featuresNP, from * width, count * width);
                    outputs.logits().get(logitsNC, from * classes, count * classes);
                }
            });
        }
        return new Features(featuresNP, logitsNC, images.images());
    }
}
