package io.thetascope.networks;

import io.thetascope.networks.Buffer.ElementType;
import java.util.List;

/**
 * Batch normalisation over the channels of an image, as PyTorch's {@code BatchNorm2d} with affine parameters and
 * running statistics: {@code γ (x − mean) / √(var + epsilon) + β}.
 *
 * @param name PyTorch's module name
 * @param input the layer it reads
 * @param inputShape {@code [C, H, W]}
 * @param epsilon added to the variance
 * @param momentum weight of the newest batch in the running statistics
 */
public record BatchNorm2d(String name, String input, Shape inputShape, double epsilon, double momentum)
        implements Layer {

    /** PyTorch's default, which torchvision's networks use. */
    public static final double DEFAULT_EPSILON = 1e-5;

    /** PyTorch's default, which torchvision's networks use. */
    public static final double DEFAULT_MOMENTUM = 0.1;

    /** Refuses an epsilon that is not positive and a momentum outside [0, 1]. */
    public BatchNorm2d {
        if (!(epsilon > 0) || !(momentum >= 0 && momentum <= 1)) {
            throw new IllegalArgumentException(
                    "BatchNorm " + name + " needs epsilon > 0 and momentum in [0, 1]: " + epsilon + ", " + momentum);
        }
        inputShape.channels();
    }

    @Override
    public List<String> inputs() {
        return List.of(input);
    }

    @Override
    public Shape outputShape() {
        return inputShape;
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                Parameter.of(name, ParameterKind.NORM_WEIGHT, perChannel(), 1),
                Parameter.of(name, ParameterKind.NORM_BIAS, perChannel(), 1));
    }

    @Override
    public List<Buffer> buffers() {
        return List.of(
                new Buffer(name + ".running_mean", perChannel(), ElementType.F32, name, 0),
                new Buffer(name + ".running_var", perChannel(), ElementType.F32, name, 1),
                new Buffer(name + ".num_batches_tracked", Shape.of(), ElementType.I64, name, 0));
    }

    private Shape perChannel() {
        return Shape.of(inputShape.channels());
    }
}
