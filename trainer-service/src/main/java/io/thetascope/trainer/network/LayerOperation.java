package io.thetascope.trainer.network;

import ai.djl.ndarray.NDArray;
import io.thetascope.networks.AdaptiveAvgPool2d;
import io.thetascope.networks.BatchNorm2d;
import io.thetascope.networks.Conv2d;
import io.thetascope.networks.Dropout;
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
    NDArray apply(List<NDArray> inputs, List<NDArray> parameters, Pass pass);

    /** Returns the operation of a layer; those that keep something while training keep it in these buffers. */
    static LayerOperation of(Layer layer, RunningStatistics statistics, DropoutMasks masks) {
        if (layer instanceof Conv2d conv) {
            return (x, p, pass) -> Torch.convolve(x.get(0), p.get(0), conv.biased() ? p.get(1) : null, conv.window());
        }
        if (layer instanceof Linear) {
            return (x, p, pass) -> Torch.linear(x.get(0), p.get(0), p.get(1));
        }
        if (layer instanceof BatchNorm2d norm) {
            return BatchNormOperation.of(norm, statistics);
        }
        if (layer instanceof Dropout dropout) {
            return (x, p, pass) -> pass instanceof Pass.Training training
                    ? masks.drop(x.get(0), dropout.name(), training.step(), dropout.probability())
                    : Torch.same(x.get(0));
        }
        if (layer instanceof Relu) {
            return (x, p, pass) -> Torch.relu(x.get(0));
        }
        if (layer instanceof MaxPool2d pool) {
            return (x, p, pass) -> Torch.maxPool(x.get(0), pool.window());
        }
        if (layer instanceof AdaptiveAvgPool2d pool) {
            return (x, p, pass) -> Torch.adaptiveAvgPool(x.get(0), pool.height(), pool.width());
        }
        if (layer instanceof Flatten) {
            return (x, p, pass) -> Torch.flatten(x.get(0));
        }
        if (layer instanceof ResidualSum) {
            return (x, p, pass) -> x.get(0).add(x.get(1));
        }
        throw new IllegalArgumentException("layer " + layer.name() + ": this trainer cannot train a "
                + layer.getClass().getSimpleName());
    }
}
