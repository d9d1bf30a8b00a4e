package io.thetascope.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import io.thetascope.networks.AdaptiveAvgPool2d;
import io.thetascope.networks.BatchNorm2d;
import io.thetascope.networks.Buffer;
import io.thetascope.networks.Conv2d;
import io.thetascope.networks.Dropout;
import io.thetascope.networks.Flatten;
import io.thetascope.networks.Layer;
import io.thetascope.networks.Linear;
import io.thetascope.networks.MaxPool2d;
import io.thetascope.networks.Relu;
import io.thetascope.networks.ResidualSum;
import io.thetascope.networks.StateTensor;
import java.util.List;
import java.util.stream.Stream;

/** Adds the nodes of each layer, in evaluation mode, to a graph. */
final class LayerNodes {

    private final GraphProto.Builder graph;
    private final ExternalWeights weights;
    private final ValueNames values;

    LayerNodes(GraphProto.Builder graph, ExternalWeights weights, ValueNames values) {
        this.graph = graph;
        this.weights = weights;
        this.values = values;
    }

    /** Adds a layer; those that it reads are there already. */
    void add(Layer layer) {
        // Java 17 has no switch over sealed types
        if (layer instanceof Conv2d conv) {
            node("Conv", conv).addAllAttribute(Attributes.of(conv.window())).addAllInput(initializers(conv));
        } else if (layer instanceof Linear linear) {
            node("Gemm", linear).addAttribute(Attributes.integer("transB", 1)).addAllInput(initializers(linear));
        } else if (layer instanceof BatchNorm2d norm) {
            node("BatchNormalization", norm)
                    .addAttribute(Attributes.real("epsilon", norm.epsilon()))
                    .addAllInput(initializers(norm));
        } else if (layer instanceof MaxPool2d pool) {
            node("MaxPool", pool).addAllAttribute(Attributes.of(pool.window()));
        } else if (layer instanceof AdaptiveAvgPool2d pool) {
            addAdaptivePool(pool);
        } else {
            node(plainOperator(layer), layer);
        }
    }

    private static String plainOperator(Layer layer) {
        if (layer instanceof Relu) {
            return "Relu";
        }
        if (layer instanceof Flatten) {
            return "Flatten"; // its default axis 1 keeps the batch
        }
        if (layer instanceof ResidualSum) {
            return "Add";
        }
        if (layer instanceof Dropout) {
            return "Identity"; // the features of a network may be a dropout's output, so it keeps its place
        }
        throw new IllegalStateException("no ONNX operator is known for " + layer);
    }

    private void addAdaptivePool(AdaptiveAvgPool2d pool) {
        if (pool.height() == 1 && pool.width() == 1) {
            node("GlobalAveragePool", pool);
            return;
        }
        String rows = pool.name() + "/rows";
        String columns = pool.name() + "/columns";
        String half = pool.name() + "/half";
        graph.addInitializer(AdaptivePooling.rows(rows, pool.inputShape().height(), pool.height()));
        graph.addInitializer(AdaptivePooling.columns(columns, pool.inputShape().width(), pool.width()));
        matMul(half, rows, values.of(pool.input()), half);
        matMul(pool.name(), half, columns, values.of(pool.name()));
    }

    private void matMul(String name, String left, String right, String output) {
        graph.addNodeBuilder()
                .setName(name)
                .setOpType("MatMul")
                .addInput(left)
                .addInput(right)
                .addOutput(output);
    }

    private NodeProto.Builder node(String operator, Layer layer) {
        return graph.addNodeBuilder()
                .setName(layer.name())
                .setOpType(operator)
                .addAllInput(layer.inputs().stream().map(values::of).toList())
                .addOutput(values.of(layer.name()));
    }

    /** Adds the float tensors of a layer and names them, in the order that ONNX shares with PyTorch. */
    private List<String> initializers(Layer layer) {
        List<StateTensor> tensors = Stream.<StateTensor>concat(
                        layer.parameters().stream(),
                        layer.buffers().stream().filter(buffer -> buffer.type() == Buffer.ElementType.F32))
                .toList();
        tensors.forEach(tensor -> graph.addInitializer(weights.initializer(tensor)));
        return tensors.stream().map(StateTensor::name).toList();
    }
}
