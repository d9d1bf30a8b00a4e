package io.thetascope.trainer.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.thetascope.networks.Buffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The buffers of a network: what BatchNorm keeps while it trains, as PyTorch does. The running mean and variance lie on the
 * device, the number of batches here.
 *
 * <p>Owns its native memory; the caller closes it.
 */
public final class RunningStatistics implements AutoCloseable {
    private final NDManager owner;
    private final List<Buffer> buffers;
    private final Map<String, NDArray> floats = new HashMap<>();
    private final Map<String, Long> counts = new HashMap<>();

    /** Allocates the buffers, each at its value before training. */
    public RunningStatistics(NDManager parent, List<Buffer> buffers, DataType type) {
        this.owner = parent.newSubManager();
        this.buffers = List.copyOf(buffers);
        for (Buffer buffer : buffers) {
            if (buffer.type() == Buffer.ElementType.I64) {
                counts.put(buffer.name(), (long) buffer.initial());
            } else {
                floats.put(buffer.name(), owner.full(new Shape(buffer.size()), buffer.initial(), type));
            }
        }
    }

    /** Returns the buffers in checkpoint order. */
    public List<Buffer> buffers() {
        return buffers;
    }

    /** Returns a buffer of numbers, to be updated in place. */
    NDArray tensor(String name) {
        return found(floats.get(name), name);
    }

    /** Counts one more batch. */
    void countBatch(String name) {
        counts.put(name, count(name) + 1);
    }

    /** Returns a count. */
    public long count(String name) {
        return found(counts.get(name), name);
    }

    /** Overwrites a count. */
    public void count(String name, long batches) {
        counts.put(name, batches);
    }

    /** Returns a buffer's numbers, copied from the device. */
    public float[] read(String name) {
        NDArray tensor = tensor(name);
        return Torch.floats(tensor, 0, Math.toIntExact(tensor.size()));
    }

    /** Returns a buffer's numbers in double precision, copied from the device. */
    public double[] exact(String name) {
        try (NDArray exact = tensor(name).toType(DataType.FLOAT64, true)) {
            return exact.toDoubleArray();
        }
    }

    /** Overwrites a buffer's numbers. */
    public void write(String name, float[] values) {
        Torch.put(tensor(name), 0, values);
    }

    private static <T> T found(@Nullable T value, String name) {
        if (value == null) {
            throw new IllegalArgumentException("the network has no such buffer: " + name);
        }
        return value;
    }

    @Override
    public void close() {
        owner.close();
    }
}
