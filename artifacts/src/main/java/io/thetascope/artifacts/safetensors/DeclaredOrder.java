package io.thetascope.artifacts.safetensors;

import java.util.List;

/** Holds a writer to the tensors that it declared: their order, types and sizes. */
final class DeclaredOrder {
    private final List<TensorSpec> tensors;
    private int current;
    private long written;

    DeclaredOrder(List<TensorSpec> tensors) {
        this.tensors = List.copyOf(tensors);
    }

    DType dtypeOf(String name) {
        return expected(name).dtype();
    }

    void take(String name, DType dtype, long bytes) {
        TensorSpec tensor = expected(name);
        if (tensor.dtype() != dtype) {
            throw new IllegalStateException("tensor " + name + " was declared as " + tensor.dtype() + ", not " + dtype);
        }
        if (bytes > tensor.byteCount() - written) {
            throw new IllegalStateException("tensor " + name + " was declared with " + tensor.byteCount() + " bytes; "
                    + (written + bytes) + " are too many");
        }
        written += bytes;
    }

    void requireComplete() {
        skipComplete();
        if (current < tensors.size()) {
            throw new IllegalStateException("tensor " + tensors.get(current).name() + " is not complete");
        }
    }

    private TensorSpec expected(String name) {
        if (current < tensors.size() && tensors.get(current).name().equals(name)) {
            return tensors.get(current);
        }
        skipComplete();
        if (current == tensors.size() || !tensors.get(current).name().equals(name)) {
            String due =
                    current == tensors.size() ? "none" : tensors.get(current).name();
            throw new IllegalStateException("tensor " + name + " is out of order; due is " + due);
        }
        return tensors.get(current);
    }

    private void skipComplete() {
        while (current < tensors.size() && written == tensors.get(current).byteCount()) {
            current++;
            written = 0;
        }
    }
}
