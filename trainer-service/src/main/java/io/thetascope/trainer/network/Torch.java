package io.thetascope.trainer.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import io.thetascope.networks.BatchNorm2d;
import io.thetascope.networks.Window;
import org.jspecify.annotations.Nullable;

/**
 * The operations of libtorch that DJL's portable interface lacks or wraps at a cost; the one class that leans on DJL's inner
 * binding.
 *
 * <p>A result belongs to the manager of the first argument.
 */
public final class Torch {
    private Torch() {}

    /** Returns a tensor that shares the view's memory, belongs to the scope, and starts a graph of gradients. */
    public static NDArray leaf(NDArray view, NDManager scope) {
        NDArray leaf = view.stopGradient();
        leaf.attach(scope);
        leaf.setRequiresGradient(true);
        return leaf;
    }

    /** Returns elements {@code from} to {@code to} of the first dimension: a view, no copy. */
    public static NDArray range(NDArray tensor, long from, long to) {
        return JniUtils.slice(pt(tensor), 0, from, to, 1);
    }

    /** Returns the rows of a table [N, D] at these indices: [B, D]. */
    public static NDArray rows(NDArray tableND, NDArray indexB) {
        return JniUtils.embedding(pt(indexB), pt(tableND), false);
    }

    /** Overwrites a flat tensor with the values of another of its size. */
    public static void copy(NDArray fromN, NDArray toN) {
        long[] all = {toN.size()};
        JniUtils.indexSet(pt(toN), pt(fromN), new long[] {0}, all, new long[] {1});
    }

    /** Returns elements of a flat tensor in single precision, copied from the device. */
    public static float[] floats(NDArray flatN, long from, int count) {
        try (NDArray stretch = range(flatN, from, from + count);
                NDArray single = stretch.toType(DataType.FLOAT32, true)) {
            return single.toFloatArray();
        }
    }

    /** Overwrites elements of a flat tensor, starting at one of them. */
    public static void put(NDArray flatN, long from, float[] values) {
        try (NDArray stretch = range(flatN, from, from + values.length);
                NDArray single = flatN.getManager().create(values);
                NDArray converted = single.toType(flatN.getDataType(), true)) {
            copy(converted, stretch);
        }
    }

    /**
     * The scale and shift of a normalisation.
     *
     * @param gammaC scale
     * @param betaC shift
     */
    record Affine(NDArray gammaC, NDArray betaC) {}

    // DJL's binding names its parameters in another order than it hands them on: the statistics come first
    /** Normalises; in training the running statistics are updated in place. */
    static NDArray batchNorm(
            NDArray inputBCHW, Affine affine, NDArray meanC, NDArray varianceC, BatchNorm2d layer, boolean training) {
        return JniUtils.batchNorm(
                pt(inputBCHW),
                pt(meanC),
                pt(varianceC),
                pt(affine.gammaC),
                pt(affine.betaC),
                training,
                layer.momentum(),
                layer.epsilon());
    }

    /** Returns a tensor that shares the input's memory. */
    static NDArray same(NDArray input) {
        return JniUtils.reshape(pt(input), input.getShape().getShape());
    }

    static NDArray convolve(NDArray imagesBCHW, NDArray kernel, @Nullable NDArray bias, Window window) {
        return JniUtils.convolution(
                pt(imagesBCHW),
                pt(kernel),
                bias == null ? null : pt(bias),
                square(window.stride()),
                square(window.padding()),
                square(1),
                1);
    }

    static NDArray linear(NDArray inputBI, NDArray weightOI, NDArray biasO) {
        return JniUtils.linear(pt(inputBI), pt(weightOI), pt(biasO));
    }

    static NDArray relu(NDArray input) {
        return JniUtils.relu(pt(input));
    }

    static NDArray maxPool(NDArray imagesBCHW, Window window) {
        return JniUtils.maxPool(
                pt(imagesBCHW), square(window.size()), square(window.stride()), square(window.padding()), false);
    }

    static NDArray adaptiveAvgPool(NDArray imagesBCHW, int height, int width) {
        return JniUtils.adaptiveAvgPool(pt(imagesBCHW), new Shape(height, width));
    }

    static NDArray flatten(NDArray input) {
        return JniUtils.flatten(pt(input), 1, -1);
    }

    private static Shape square(int side) {
        return new Shape(side, side);
    }

    private static PtNDArray pt(NDArray tensor) {
        return (PtNDArray) tensor;
    }
}
