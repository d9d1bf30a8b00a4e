package io.thetascope.artifacts.safetensors;

import java.util.List;

/**
 * A tensor in a file; offsets are relative to the end of the header.
 *
 * @param name unique in its file
 * @param dtype of its elements
 * @param shape row-major; empty for a scalar
 * @param begin of its first byte
 * @param end after its last byte
 */
public record TensorEntry(String name, DType dtype, List<Long> shape, long begin, long end) {
    public TensorEntry {
        shape = List.copyOf(shape);
        if (begin < 0 || end < begin || end - begin != TensorSpec.byteCount(dtype, shape)) {
            throw new IllegalArgumentException(
                    "offsets " + begin + ".." + end + " do not hold " + dtype + " of shape " + shape);
        }
    }

    /** Returns the size in bytes. */
    public long byteCount() {
        return end - begin;
    }

    /** Returns the number of elements; 1 for a scalar. */
    public long elements() {
        return byteCount() / dtype.bytes();
    }

    /** Returns what would be declared to write the same tensor. */
    public TensorSpec spec() {
        return new TensorSpec(name, dtype, shape);
    }
}
