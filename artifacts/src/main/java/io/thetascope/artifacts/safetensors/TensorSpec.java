package io.thetascope.artifacts.safetensors;

import java.util.Comparator;
import java.util.List;

/**
 * A tensor that is to be written.
 *
 * @param name as torchvision calls it
 * @param dtype of its elements
 * @param shape row-major; empty for a scalar
 */
public record TensorSpec(String name, DType dtype, List<Long> shape) {
    public TensorSpec {
        shape = List.copyOf(shape);
        if (name.equals(SafetensorsHeader.METADATA)) {
            throw new IllegalArgumentException("a tensor cannot be called " + name);
        }
        byteCount(dtype, shape); // refuses what overflows
    }

    /** Describes an F32 tensor, the type of every weight. */
    public static TensorSpec f32(String name, List<Integer> shape) {
        return new TensorSpec(
                name, DType.F32, shape.stream().map(Integer::longValue).toList());
    }

    /** Returns the number of elements; 1 for a scalar. */
    public long elements() {
        return byteCount() / dtype.bytes();
    }

    /** Returns the size in bytes. */
    public long byteCount() {
        return byteCount(dtype, shape);
    }

    /**
     * Orders wider types first and keeps the order otherwise, as the reference writer does, so that every tensor starts
     * at a multiple of its element size: PyTorch cannot map it otherwise.
     */
    public static List<TensorSpec> widestFirst(List<TensorSpec> specs) {
        return specs.stream()
                .sorted(Comparator.comparingInt((TensorSpec s) -> -s.dtype().bytes()))
                .toList();
    }

    static long byteCount(DType dtype, List<Long> shape) {
        long bytes = dtype.bytes();
        for (long extent : shape) {
            if (extent < 0) {
                throw new IllegalArgumentException("an extent must be >= 0: " + shape);
            }
            bytes = Math.multiplyExact(bytes, extent);
        }
        return bytes;
    }
}
