package io.thetascope.trainer.network;

import ai.djl.ndarray.NDArray;
import io.thetascope.networks.Layer;
import io.thetascope.networks.MaxPool2d;
import io.thetascope.networks.NetworkDescription;
import io.thetascope.networks.Relu;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

// B batch, C classes; an activation is known by its slot, slot 0 holds the images

/** A network description made executable: images in, logits out. */
public final class ForwardPass {
    private final List<Node> nodes = new ArrayList<>();
    private final int[] lastUse;

    /**
     * Prepares the layers in order.
     *
     * @param statistics of this network, which training passes update
     * @param masks of this run
     * @throws IllegalArgumentException when the trainer cannot execute a layer; the message names it
     */
    public ForwardPass(NetworkDescription network, RunningStatistics statistics, DropoutMasks masks) {
        Map<String, Integer> slots = new HashMap<>(Map.of(NetworkDescription.INPUT, 0));
        int parameter = 0;
        for (Layer layer : network.layers()) {
            int next = parameter + layer.parameters().size();
            List<Integer> inputs = layer.inputs().stream().map(slots::get).toList();
            nodes.add(new Node(LayerOperation.of(layer, statistics, masks), inputs, parameter, next));
            slots.put(layer.name(), nodes.size());
            parameter = next;
        }
        lastUse = lastUses(nodes);
        poolBeforeRelu(network.layers());
    }

    /**
     * Returns the logits [B, C]. Activations are let go as soon as no later layer reads them; what the gradients need is kept
     * alive by their graph.
     *
     * @param imagesBCHW stays the caller's
     * @param parameters in checkpoint order
     * @param pass for training or evaluation
     */
    public NDArray logits(NDArray imagesBCHW, List<NDArray> parameters, Pass pass) {
        List<NDArray> slots = new ArrayList<>(nodes.size() + 1);
        slots.add(imagesBCHW);
        for (int i = 0; i < nodes.size(); i++) {
            Node node = nodes.get(i);
            List<NDArray> inputs = node.inputs.stream().map(slots::get).toList();
            slots.add(node.operation.apply(inputs, parameters.subList(node.firstParameter, node.nextParameter), pass));
            for (int slot : node.inputs) {
                if (slot > 0 && lastUse[slot] == i) {
                    slots.get(slot).close();
                }
            }
        }
        return slots.get(nodes.size());
    }

    // max-pooling commutes with relu, bit for bit in values and gradients, and leaves relu a quarter of the work
    private void poolBeforeRelu(List<Layer> layers) {
        for (int i = 0; i + 1 < layers.size(); i++) {
            boolean follows = nodes.get(i + 1).inputs.equals(List.of(i + 1)) && lastUse[i + 1] == i + 1;
            if (layers.get(i) instanceof Relu && layers.get(i + 1) instanceof MaxPool2d && follows) {
                Node relu = nodes.get(i);
                Node pool = nodes.get(i + 1);
                nodes.set(i, relu.computing(pool.operation));
                nodes.set(i + 1, pool.computing(relu.operation));
            }
        }
    }

    private static int[] lastUses(List<Node> nodes) {
        int[] lastUse = new int[nodes.size() + 1];
        for (int i = 0; i < nodes.size(); i++) {
            for (int slot : nodes.get(i).inputs) {
                lastUse[slot] = i;
            }
        }
        return lastUse;
    }

    private record Node(LayerOperation operation, List<Integer> inputs, int firstParameter, int nextParameter) {
        Node computing(LayerOperation other) {
            return new Node(other, inputs, firstParameter, nextParameter);
        }
    }
}
