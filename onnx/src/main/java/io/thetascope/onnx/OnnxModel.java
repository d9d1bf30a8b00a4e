package io.thetascope.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.thetascope.artifacts.safetensors.SafetensorsHeader;
import io.thetascope.networks.Layer;
import io.thetascope.networks.NetworkDescription;
import io.thetascope.networks.Shape;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A network in evaluation mode as an ONNX model whose weights stay where they are: every initializer points into the
 * unmodified safetensors file of a checkpoint, so the model itself is a few kilobytes whatever the network.
 *
 * <p>Input {@value #IMAGES}, float {@code [batch, C, H, W]}; outputs {@value #FEATURES} {@code [batch, width]} (what
 * the last linear layer reads) and {@value #LOGITS} {@code [batch, classes]}; the batch is dynamic. <b>Normalisation is
 * not in the graph</b>: the images are already scaled to 0–1, padded, replicated and normalised with the data set's
 * mean and deviation, as in training.
 *
 * <p>To run it from bytes, tell ONNX Runtime the folder of the data file ({@code
 * session.model_external_initializers_file_folder_path}); from a file, put both into one folder. Never change a data
 * file in place while a session has it open: a shorter one kills the JVM.
 */
public final class OnnxModel {

    /** Name of the input. */
    public static final String IMAGES = NetworkDescription.INPUT;

    /** Name of the output with the features. */
    public static final String FEATURES = "features";

    /** Name of the output with the logits. */
    public static final String LOGITS = "logits";

    /** Name of the dynamic batch dimension. */
    static final String BATCH = "batch";

    /** Old enough for every ONNX Runtime since 1.12, new enough for all operators used here. */
    private static final long OPSET = 17;

    /** The ONNX file version that belongs to the opset. */
    private static final long IR_VERSION = 8;

    private OnnxModel() {}

    /**
     * The model of a network with the weights of a checkpoint; equal arguments give equal bytes.
     *
     * @param network the description that the checkpoint was trained with
     * @param checkpoint the verified header of the checkpoint; its data is not read
     * @param dataFile plain file name under which the checkpoint will lie
     * @throws CheckpointMismatchException when the checkpoint lacks a tensor, or has it in another type or shape
     */
    public static byte[] of(NetworkDescription network, SafetensorsHeader checkpoint, String dataFile) {
        return observed(network, checkpoint, dataFile, List.of());
    }

    /**
     * The same model, whose further outputs are what these layers give, {@code [batch, …]}: to look inside a forward pass.
     * They follow {@value #FEATURES} and {@value #LOGITS} in the order given, each once, under {@link #outputName}.
     *
     * @param network the description that the checkpoint was trained with
     * @param checkpoint the verified header of the checkpoint; its data is not read
     * @param dataFile plain file name under which the checkpoint will lie
     * @param layers names of layers of the network
     * @throws IllegalArgumentException when the network has no such layer
     * @throws CheckpointMismatchException when the checkpoint lacks a tensor, or has it in another type or shape
     */
    public static byte[] observed(
            NetworkDescription network, SafetensorsHeader checkpoint, String dataFile, List<String> layers) {
        GraphProto.Builder graph = graph(network, new ExternalWeights(checkpoint, dataFile));
        Set<String> outputs = new LinkedHashSet<>(List.of(FEATURES, LOGITS));
        for (String layer : layers) {
            String output = outputName(network, layer);
            if (outputs.add(output)) {
                graph.addOutput(value(output, layerOf(network, layer).outputShape()));
            }
        }
        return bytes(graph);
    }

    /** The model around a graph. */
    static byte[] bytes(GraphProto.Builder graph) {
        return ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
                .setProducerName("thetascope")
                .setGraph(graph)
                .build()
                .toByteArray();
    }

    /**
     * Under which name an observed layer comes out: its own, but {@value #FEATURES} and {@value #LOGITS} for the two layers
     * that every model gives.
     *
     * @throws IllegalArgumentException when the network has no such layer
     */
    public static String outputName(NetworkDescription network, String layer) {
        return new ValueNames(network).of(layerOf(network, layer).name());
    }

    private static Layer layerOf(NetworkDescription network, String name) {
        return network.layer(name)
                .orElseThrow(() -> new IllegalArgumentException(network.name() + " has no layer " + name
                        + " to observe; its layers are "
                        + network.layers().stream().map(Layer::name).toList()));
    }

    private static GraphProto.Builder graph(NetworkDescription network, ExternalWeights weights) {
        GraphProto.Builder graph = GraphProto.newBuilder()
                .setName(network.name())
                .setDocString(
                        network.name() + " at " + network.input() + "; images are normalised before they come here")
                .addInput(value(IMAGES, network.inputShape()))
                .addOutput(value(FEATURES, network.head().inputShape()))
                .addOutput(value(LOGITS, network.head().outputShape()));
        LayerNodes nodes = new LayerNodes(graph, weights, new ValueNames(network));
        for (Layer layer : network.layers()) {
            nodes.add(layer);
        }
        return graph;
    }

    /** A float value whose first dimension is the batch. */
    static ValueInfoProto value(String name, Shape shape) {
        TensorShapeProto.Builder dimensions = TensorShapeProto.newBuilder();
        dimensions.addDimBuilder().setDimParam(BATCH);
        return value(name, shape, dimensions);
    }

    /** A float value of this shape whatever the batch. */
    static ValueInfoProto fixed(String name, Shape shape) {
        return value(name, shape, TensorShapeProto.newBuilder());
    }

    private static ValueInfoProto value(String name, Shape shape, TensorShapeProto.Builder dimensions) {
        shape.extents().forEach(extent -> dimensions.addDimBuilder().setDimValue(extent));
        TypeProto.Tensor.Builder tensor = TypeProto.Tensor.newBuilder()
                .setElemType(TensorProto.DataType.FLOAT_VALUE)
                .setShape(dimensions);
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder().setTensorType(tensor))
                .build();
    }
}
