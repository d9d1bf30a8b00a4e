package io.thetascope.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import io.thetascope.networks.BatchNorm2d;
import io.thetascope.networks.Parameter;
import java.util.List;

/**
 * Adds the nodes of a BatchNorm in training mode. Means are taken over the pixels of every image first and over the images then:
 * float32 sums stay short, and so exact to about its rounding. The variance is that around the mean, never E[x²] − mean².
 */
final class BatchNormNodes {
    private final GraphProto.Builder graph;
    private final ExternalWeights weights;
    private final ValueNames values;

    BatchNormNodes(GraphProto.Builder graph, ExternalWeights weights, ValueNames values) {
        this.graph = graph;
        this.weights = weights;
        this.values = values;
    }

    /** Adds a BatchNorm; what it reads is there already. */
    void add(BatchNorm2d norm) {
        String input = values.of(norm.input());
        String mean = norm.name() + "/broadcast-mean";
        String perImage = imageMeans(norm.name() + "/image-mean", input);
        channelMeans(mean, perImage, true);
        channelMeans(BatchStatisticsModel.mean(norm), perImage, false);

        String centred = norm.name() + "/centred";
        String squared = norm.name() + "/squared";
        node("Sub", centred, input, mean);
        node("Mul", squared, centred, centred);
        channelMeans(BatchStatisticsModel.variance(norm), imageMeans(norm.name() + "/image-variance", squared), false);

        NodeProto.Builder normalised = node("BatchNormalization", values.of(norm.name()), input)
                .addAttribute(Attributes.real("epsilon", norm.epsilon()));
        for (Parameter parameter : norm.parameters()) {
            graph.addInitializer(weights.initializer(parameter));
            normalised.addInput(parameter.name());
        }
        normalised.addInput(BatchStatisticsModel.mean(norm)).addInput(BatchStatisticsModel.variance(norm));
    }

    /** {@code [B, C, H, W]} to {@code [B, C, 1, 1]}. */
    private String imageMeans(String name, String input) {
        node("ReduceMean", name, input).addAttribute(Attributes.integers("axes", List.of(2, 3)));
        return name;
    }

    /** {@code [B, C, 1, 1]} to {@code [1, C, 1, 1]}, or to {@code [C]}. */
    private void channelMeans(String name, String input, boolean keepDimensions) {
        node("ReduceMean", name, input)
                .addAttribute(Attributes.integers("axes", List.of(0, 2, 3)))
                .addAttribute(Attributes.integer("keepdims", keepDimensions ? 1 : 0));
    }

    private NodeProto.Builder node(String operator, String output, String... inputs) {
        return graph.addNodeBuilder()
                .setName(output)
                .setOpType(operator)
                .addAllInput(List.of(inputs))
                .addOutput(output);
    }
}
