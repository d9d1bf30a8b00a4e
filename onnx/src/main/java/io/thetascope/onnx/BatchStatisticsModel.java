package io.thetascope.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import io.thetascope.artifacts.safetensors.SafetensorsHeader;
import io.thetascope.networks.BatchNorm2d;
import io.thetascope.networks.Layer;
import io.thetascope.networks.NetworkDescription;
import io.thetascope.networks.Shape;
import java.util.List;

/**
 * A network in training mode as an ONNX model: every BatchNorm normalises by the mean and the biased variance of the batch that it
 * is given, made of plain operations, and gives both as outputs; dropout is off. It ends at the last BatchNorm, since nothing
 * behind changes a statistic. Weights stay in the safetensors file, as in {@link OnnxModel}; running statistics are not read.
 *
 * <p>Input {@value OnnxModel#IMAGES}, float {@code [batch, C, H, W]}, prepared as in training. Outputs, for every BatchNorm, {@link
 * #mean} and {@link #variance}, {@code [channels]}.
 */
public final class BatchStatisticsModel {
    private BatchStatisticsModel() {}

    /** Returns the BatchNorms of a network, in its order. */
    public static List<BatchNorm2d> norms(NetworkDescription network) {
        return network.layers().stream()
                .filter(BatchNorm2d.class::isInstance)
                .map(BatchNorm2d.class::cast)
                .toList();
    }

    /** Returns the name of the output that holds the mean of a batch by channel. */
    public static String mean(BatchNorm2d norm) {
        return norm.name() + "/mean";
    }

    /** Returns the name of the output that holds the biased variance of a batch by channel. */
    public static String variance(BatchNorm2d norm) {
        return norm.name() + "/variance";
    }

    /**
     * The model of a network with the weights of a checkpoint; equal arguments give equal bytes.
     *
     * @param network the description that the checkpoint was trained with
     * @param checkpoint the verified header of the checkpoint; its data is not read
     * @param dataFile plain file name under which the checkpoint will lie
     * @throws IllegalArgumentException when the network has no BatchNorm
     * @throws CheckpointMismatchException when the checkpoint lacks a tensor, or has it in another type or shape
     */
    public static byte[] of(NetworkDescription network, SafetensorsHeader checkpoint, String dataFile) {
        List<BatchNorm2d> norms = norms(network);
        if (norms.isEmpty()) {
            throw new IllegalArgumentException(network.name() + " has no BatchNorm, so no batch statistics");
        }
        GraphProto.Builder graph = GraphProto.newBuilder()
                .setName(network.name())
                .setDocString(network.name() + " at " + network.input() + " up to its last BatchNorm, in training mode")
                .addInput(OnnxModel.value(OnnxModel.IMAGES, network.inputShape()));
        ExternalWeights weights = new ExternalWeights(checkpoint, dataFile);
        ValueNames values = new ValueNames(network);
        LayerNodes nodes = new LayerNodes(graph, weights, values);
        BatchNormNodes batchNorms = new BatchNormNodes(graph, weights, values);
        int last = network.layers().indexOf(norms.get(norms.size() - 1));
        for (Layer layer : network.layers().subList(0, last + 1)) {
            if (layer instanceof BatchNorm2d norm) {
                batchNorms.add(norm);
                Shape channels = Shape.of(norm.inputShape().channels());
                graph.addOutput(OnnxModel.fixed(mean(norm), channels));
                graph.addOutput(OnnxModel.fixed(variance(norm), channels));
            } else {
                nodes.add(layer);
            }
        }
        return OnnxModel.bytes(graph);
    }
}
