package io.thetascope.trainer.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.thetascope.contracts.run.Figures;
import io.thetascope.trainer.data.DeviceImages.Batch;
import io.thetascope.trainer.network.Torch;
import java.util.OptionalInt;

/**
 * Loss and hits of a series of batches, collected on the device and read when asked for: reading each would wait for the device
 * each time.
 *
 * <p>Owns its native memory; the caller closes it.
 */
public final class BatchFigures implements AutoCloseable {
    private final NDManager owner;
    private final NDArray losses;
    private final NDArray hits;
    private final int[] sizes;
    private int recorded;

    /**
     * Begins with no batch.
     *
     * @param sizes images of every batch that will come
     */
    BatchFigures(NDManager parent, int[] sizes, DataType type) {
        owner = parent.newSubManager();
        losses = owner.zeros(new Shape(sizes.length), type);
        hits = owner.zeros(new Shape(sizes.length), DataType.INT64);
        this.sizes = sizes.clone();
    }

    /** Notes the next batch. */
    void record(Batch batch, NDArray logitsBC, NDArray loss) {
        try (NDArray lossAt = Torch.range(losses, recorded, recorded + 1);
                NDArray hitsAt = Torch.range(hits, recorded, recorded + 1)) {
            lossAt.addi(loss);
            hitsAt.addi(CrossEntropy.hits(logitsBC, batch.labelsB1()));
        }
        recorded++;
    }

    /** Forgets all batches. */
    void clear() {
        restore(0, new float[sizes.length], new long[sizes.length]);
    }

    /**
     * Overwrites what is noted.
     *
     * @param batches that are noted
     * @param lossOfBatch mean loss of each, 0 for those still to come
     * @param hitsOfBatch hits of each, 0 for those still to come
     * @throws IllegalArgumentException when there are not as many as this expects
     */
    public void restore(int batches, float[] lossOfBatch, long[] hitsOfBatch) {
        if (lossOfBatch.length != sizes.length || hitsOfBatch.length != sizes.length) {
            throw new IllegalArgumentException("figures of " + sizes.length + " batches are needed, found "
                    + lossOfBatch.length + " losses, " + hitsOfBatch.length + " hits");
        }
        Torch.put(losses, 0, lossOfBatch);
        try (NDArray values = owner.create(hitsOfBatch)) {
            Torch.copy(values, hits);
        }
        recorded = batches;
    }

    /** Finds the first recorded batch whose loss is not finite, counted from 0. */
    OptionalInt firstNotFinite() {
        double[] values = losses();
        for (int i = 0; i < recorded; i++) {
            if (!Double.isFinite(values[i])) {
                return OptionalInt.of(i);
            }
        }
        return OptionalInt.empty();
    }

    /** Returns the means over all recorded images, each batch weighted by its size. */
    Figures figures() {
        double[] values = losses();
        long[] hit = hits();
        double loss = 0;
        long hitSum = 0;
        long images = 0;
        for (int i = 0; i < recorded; i++) {
            loss += values[i] * sizes[i];
            hitSum += hit[i];
            images += sizes[i];
        }
        return new Figures(loss / images, (double) hitSum / images);
    }

    /** Returns the mean loss of each batch, 0 where none is recorded yet. */
    public double[] losses() {
        try (NDArray exact = losses.toType(DataType.FLOAT64, true)) {
            return exact.toDoubleArray();
        }
    }

    /** Returns the mean loss of each batch as it was computed. */
    public float[] singleLosses() {
        return Torch.floats(losses, 0, sizes.length);
    }

    /** Returns the hits of each batch, 0 where none is recorded yet. */
    public long[] hits() {
        return hits.toLongArray();
    }

    @Override
    public void close() {
        owner.close();
    }
}
