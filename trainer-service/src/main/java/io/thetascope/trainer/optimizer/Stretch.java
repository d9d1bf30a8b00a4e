package io.thetascope.trainer.optimizer;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import io.thetascope.networks.Parameter;
import io.thetascope.trainer.network.Torch;
import java.util.ArrayList;
import java.util.List;

/**
 * A contiguous part of the flat parameters that is updated at once: several small parameters, or a piece of a large one. On a
 * processor small enough for its temporaries to stay in the cache, large enough for calls into the library not to count; on a GPU,
 * where each call is a launch, much larger. The values do not depend on it.
 *
 * @param from first element in the flat tensor
 * @param to one past the last
 * @param firstParameter whose gradient it needs
 * @param nextParameter one past the last such; for a piece, one past the first
 * @param within first element within the first parameter
 */
record Stretch(long from, long to, int firstParameter, int nextParameter, long within) {
    /** 1 MiB of single-precision values. */
    private static final long ON_PROCESSOR = 1L << 18;

    /** 128 MiB of them. */
    private static final long ON_GPU = 1L << 25;

    static long longestOn(Device device) {
        return device.isGpu() ? ON_GPU : ON_PROCESSOR;
    }

    /** Cuts the parameters into stretches of at most so many elements. */
    static List<Stretch> cut(List<Parameter> parameters, long max) {
        List<Stretch> stretches = new ArrayList<>();
        long offset = 0;
        int first = 0;
        long start = 0;
        for (int i = 0; i < parameters.size(); i++) {
            long size = parameters.get(i).size();
            if (offset + size - start > max && offset > start) {
                stretches.add(new Stretch(start, offset, first, i, 0));
                first = i;
                start = offset;
            }
            if (size > max) {
                stretches.addAll(pieces(i, offset, size, max));
                first = i + 1;
                start = offset + size;
            }
            offset += size;
        }
        if (offset > start) {
            stretches.add(new Stretch(start, offset, first, parameters.size(), 0));
        }
        return List.copyOf(stretches);
    }

    private static List<Stretch> pieces(int parameter, long offset, long size, long max) {
        List<Stretch> pieces = new ArrayList<>();
        for (long at = 0; at < size; at += max) {
            long end = Math.min(size, at + max);
            pieces.add(new Stretch(offset + at, offset + end, parameter, parameter + 1, at));
        }
        return pieces;
    }

    /** Returns the gradient of this stretch as one row; the caller closes it. */
    NDArray gather(List<NDArray> gradients) {
        if (nextParameter - firstParameter == 1) {
            try (NDArray row = gradients.get(firstParameter).reshape(-1)) {
                return Torch.range(row, within, within + to - from);
            }
        }
        NDList rows = new NDList(nextParameter - firstParameter);
        gradients.subList(firstParameter, nextParameter).forEach(gradient -> rows.add(gradient.reshape(-1)));
        try (rows) {
            return NDArrays.concat(rows);
        }
    }
}
