package io.thetascope.networks;

import io.thetascope.contracts.run.InputShape;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A classifier as data: layers in an order in which each comes after those it reads. The last layer is linear and gives
 * the logits; what it reads are the features. The order of the layers is also the order of PyTorch's state_dict.
 *
 * @param name as a study names it, such as {@code lenet}
 * @param input what one image looks like
 * @param layers in topological order
 */
public record NetworkDescription(String name, InputShape input, List<Layer> layers) {

    /** The name by which layers read the images, and the input of the exported model. */
    public static final String INPUT = "images";

    /**
     * Refuses layers that read what is not there before them, shapes that disagree, dead ends, and a head that is not
     * linear.
     */
    public NetworkDescription {
        layers = List.copyOf(layers);
        requireTopology(name, input, layers);
        requireHead(name, layers);
    }

    private static void requireTopology(String name, InputShape input, List<Layer> layers) {
        Map<String, Shape> known = new HashMap<>();
        known.put(INPUT, shapeOf(input));
        Set<String> unread = new HashSet<>(Set.of(INPUT));
        for (Layer layer : layers) {
            for (String source : layer.inputs()) {
                if (!layer.inputShape().equals(known.get(source))) {
                    throw new IllegalArgumentException(name + ": layer " + layer.name() + " reads " + source + " as "
                            + layer.inputShape() + ", which before it is " + known.get(source));
                }
                unread.remove(source);
            }
            if (known.put(layer.name(), layer.outputShape()) != null) {
                throw new IllegalArgumentException(name + ": two layers are named " + layer.name());
            }
            unread.add(layer.name());
        }
        if (unread.size() != 1) {
            throw new IllegalArgumentException(name + ": exactly one output must be left unread, found " + unread);
        }
    }

    private static void requireHead(String name, List<Layer> layers) {
        if (layers.isEmpty() || !(layers.get(layers.size() - 1) instanceof Linear)) {
            throw new IllegalArgumentException(name + ": the last layer must be linear, it gives the logits");
        }
    }

    static Shape shapeOf(InputShape input) {
        return Shape.of(input.channels(), input.height(), input.width());
    }

    /** Shape of one image, {@code [C, H, W]}. */
    public Shape inputShape() {
        return shapeOf(input);
    }

    /** The layer of that name. */
    public Optional<Layer> layer(String wanted) {
        return layers.stream().filter(layer -> layer.name().equals(wanted)).findFirst();
    }

    /** Everything a checkpoint holds, names and order as in PyTorch's state_dict. */
    public List<StateTensor> state() {
        return layers.stream()
                .flatMap(layer -> Stream.<StateTensor>concat(layer.parameters().stream(), layer.buffers().stream()))
                .toList();
    }

    /** The trainable tensors in PyTorch's order. */
    public List<Parameter> parameters() {
        return layers.stream().flatMap(layer -> layer.parameters().stream()).toList();
    }

    /** The tensors that a checkpoint holds beside the parameters, in PyTorch's order. */
    public List<Buffer> buffers() {
        return layers.stream().flatMap(layer -> layer.buffers().stream()).toList();
    }

    /** Number of trainable values; buffers are never counted. */
    public long parameterCount() {
        return parameters().stream().mapToLong(Parameter::size).sum();
    }

    /** Which elements of a parameter can never move at this input, since they only ever meet padding. */
    public DeadTaps deadTaps(Parameter parameter) {
        Optional<Layer> owner = layer(parameter.layer());
        boolean kernel = parameter.kind() == ParameterKind.WEIGHT;
        return kernel && owner.isPresent() && owner.get() instanceof Conv2d conv ? DeadTaps.of(conv) : DeadTaps.none();
    }

    /** Number of trainable values that are geometry-dead; see {@link DeadTaps}. */
    public long geometryDeadCount() {
        return parameters().stream()
                .mapToLong(parameter -> deadTaps(parameter).count(parameter.size()))
                .sum();
    }

    /** Bytes of all tensors of a checkpoint, buffers included, its header not. */
    public long checkpointBytes() {
        return state().stream().mapToLong(StateTensor::bytes).sum();
    }

    /** Multiply-adds of one forward pass over one image; see {@link Layer#multiplyAdds()}. */
    public long multiplyAdds() {
        return layers.stream().mapToLong(Layer::multiplyAdds).sum();
    }

    /** Floating-point operations of one forward pass over one image: two a multiply-add. */
    public long flops() {
        return 2 * multiplyAdds();
    }

    /** The last layer: linear, its outputs are the logits. */
    public Linear head() {
        return (Linear) layers.get(layers.size() - 1);
    }

    /** Number of classes. */
    public int classes() {
        return head().units();
    }

    /** Name of the layer (or {@link #INPUT}) whose output is the features: what the head reads. */
    public String featureLayer() {
        return head().input();
    }

    /**
     * Names of the layers that end a block, in order: every maximum pooling, every ReLU after a residual sum, and every ReLU
     * over units (not channels).
     */
    public List<String> blocks() {
        return layers.stream().filter(this::endsBlock).map(Layer::name).toList();
    }

    private boolean endsBlock(Layer layer) {
        if (layer instanceof Relu relu) {
            boolean afterSum =
                    layer(relu.input()).filter(ResidualSum.class::isInstance).isPresent();
            return afterSum || relu.outputShape().rank() == 1;
        }
        return layer instanceof MaxPool2d;
    }

    /**
     * The hidden units that may be permuted without changing what the network computes, in the order in which they appear; the
     * images and the logits are not among them.
     */
    public List<UnitGroup> unitGroups() {
        return UnitGroups.of(this);
    }

    /** Number of features of one image. */
    public int featureWidth() {
        return head().inputShape().units();
    }
}
