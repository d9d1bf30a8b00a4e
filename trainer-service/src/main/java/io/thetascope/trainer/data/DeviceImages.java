package io.thetascope.trainer.data;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.thetascope.contracts.run.InputShape;
import io.thetascope.networks.input.Normalization;
import io.thetascope.trainer.network.Torch;
import java.util.List;

// N images, B batch, C channels, D bytes of one image

/**
 * A set of images on the device, one byte a pixel; batches are gathered and normalised there.
 *
 * <p>Owns its native memory; the caller closes it.
 */
public final class DeviceImages implements AutoCloseable {
    private final NDManager owner;
    private final int count;
    private final InputShape input;
    private final DataType type;
    private final Shape storedCHW;
    private final NDArray pixelsND;
    private final NDArray labelsN;
    private final NDArray means;
    private final NDArray deviations;

    /**
     * Copies the images to the device.
     *
     * @throws IllegalArgumentException when the network sees neither what the images are nor their grey replicated
     */
    public DeviceImages(
            NDManager parent, HostImages images, Normalization normalization, InputShape input, DataType type) {
        requireFit(images, normalization, input);
        this.owner = parent.newSubManager();
        this.count = images.count();
        this.input = input;
        this.type = type;
        this.storedCHW = new Shape(images.channels(), images.side(), images.side());
        this.pixelsND = owner.create(images.pixels(), new Shape(count, storedCHW.size()), DataType.UINT8);
        try (NDArray bytes = owner.create(images.labels(), new Shape(count, 1), DataType.UINT8)) {
            this.labelsN = bytes.toType(DataType.INT64, true);
        }
        this.means = perChannel(normalization.means());
        this.deviations = perChannel(normalization.deviations());
    }

    private static void requireFit(HostImages images, Normalization normalization, InputShape input) {
        boolean replicated = images.channels() == 1 && input.channels() == 3;
        boolean same = images.channels() == input.channels();
        if (!(same || replicated) || images.side() != input.height() || images.side() != input.width()) {
            throw new IllegalArgumentException("images of " + images.channels() + "x" + images.side() + "x"
                    + images.side() + " do not fit a network that sees " + input);
        }
        if (normalization.channels() != images.channels()) {
            throw new IllegalArgumentException("normalisation for " + normalization.channels()
                    + " channels does not fit images with " + images.channels());
        }
    }

    private NDArray perChannel(List<Double> values) {
        double[] scalars = values.stream().mapToDouble(Double::doubleValue).toArray();
        NDArray exact = owner.create(scalars, new Shape(1, scalars.length, 1, 1));
        if (type == DataType.FLOAT64) {
            return exact; // converted to its own type it would share memory that is let go with it
        }
        try (exact) {
            return exact.toType(type, true);
        }
    }

    /** Returns how many images there are. */
    public int count() {
        return count;
    }

    /** Returns the images at these indices; the batch belongs to the scope. */
    public Batch gather(NDManager scope, NDArray indexB) {
        NDArray pixels = Torch.rows(pixelsND, indexB);
        NDArray labels = Torch.rows(labelsN, indexB);
        return batch(scope, pixels, labels);
    }

    /** Returns the images {@code from} to {@code to}; the batch belongs to the scope. */
    public Batch range(NDManager scope, long from, long to) {
        return batch(scope, Torch.range(pixelsND, from, to), Torch.range(labelsN, from, to));
    }

    private Batch batch(NDManager scope, NDArray pixelsBD, NDArray labelsB1) {
        pixelsBD.attach(scope);
        labelsB1.attach(scope);
        long size = labelsB1.getShape().get(0);
        NDArray images = pixelsBD.toType(type, true).reshape(of(size));
        images.divi(255).subi(means).divi(deviations);
        if (input.channels() != storedCHW.get(0)) {
            images = images.repeat(1, input.channels());
        }
        return new Batch(images, labelsB1, Math.toIntExact(size));
    }

    private Shape of(long size) {
        return new Shape(size, storedCHW.get(0), storedCHW.get(1), storedCHW.get(2));
    }

    @Override
    public void close() {
        owner.close();
    }

    /**
     * Images ready for the network.
     *
     * @param imagesBCHW normalised
     * @param labelsB1 classes
     * @param size B
     */
    public record Batch(NDArray imagesBCHW, NDArray labelsB1, int size) {}
}
