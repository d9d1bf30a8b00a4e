package io.thetascope.onnx;

import io.thetascope.networks.NetworkDescription;

/** What the outputs of layers are called in the graph: by their layer, but for the two that are the model's outputs. */
final class ValueNames {

    private final String featureLayer;
    private final String head;

    ValueNames(NetworkDescription network) {
        this.featureLayer = network.featureLayer();
        this.head = network.head().name();
    }

    String of(String layer) {
        if (layer.equals(featureLayer)) {
            return OnnxModel.FEATURES;
        }
        return layer.equals(head) ? OnnxModel.LOGITS : layer;
    }
}
