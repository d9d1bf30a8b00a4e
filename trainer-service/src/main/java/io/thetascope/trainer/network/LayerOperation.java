package io.thetascope.trainer.network;

import ai.djl.ndarray.NDArray;
import io.thetascope.networks.AdaptiveAvgPool2d;
import io.thetascope.networks.Conv2d;
import io.thetascope.networks.Flatten;
import io.thetascope.networks.Layer;
import io.thetascope.networks.Linear;
import io.thetascope.networks.MaxPool2d;
import io.thetascope.networks.Relu;
import io.thetascope.networks.ResidualSum;
import java.util.List;

/** What a layer computes from its inputs and its own parameters, both in the description's order. */
@FunctionalInterface
interface LayerOperation {
    NDArray apply(List<NDArray> inputs, List<NDArray> parameters);

    static LayerOperation of(Layer layer) {
        if (layer instanceof Conv2d conv) {
            return (x, p) -> Torch.convolve(x.get(0), p.get(0), conv.biased() ? p.get(1) : null, conv.window());
        }
        if (layer instanceof Linear) {
            return (x, p) -> Torch.linear(x.get(0), p.get(0), p.get(1));
        }
        if (layer instanceof Relu) {
            return (x, p) -> Torch.relu(x.get(0));
        }
        if (layer instanceof MaxPool2d pool) {
            return (x, p) -> Torch.maxPool(x.get(0), pool.window());
        }
        if (layer instanceof AdaptiveAvgPool2d pool) {
            return (x, p) -> Torch.adaptiveAvgPool(x.get(0), pool.height(), pool.width());
        }
        if (layer instanceof Flatten) {
            return (x, p) -> Torch.flatten(x.get(0));
        }
        if (layer instanceof ResidualSum) {
            return (x, p) -> x.get(0).add(x.get(1));
        }
        throw new IllegalArgumentException("layer " + layer.name() + ": this trainer cannot train a "
                + layer.getClass().getSimpleName() + " yet");
    }
}
