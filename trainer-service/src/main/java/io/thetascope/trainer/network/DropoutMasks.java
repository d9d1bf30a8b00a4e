package io.thetascope.trainer.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.thetascope.networks.CounterStream;
import java.nio.FloatBuffer;

/**
 * Which elements dropout keeps: a function of (dropout seed, step, layer, element), so that a resumed run drops the same ones on
 * every device.
 *
 * @param seed of the run, from its spec
 */
public record DropoutMasks(long seed) {
    /** Part of what is hashed: another generator would get another name, and old runs would keep theirs. */
    private static final String VERSION = "thetascope/dropout/v1";

    /**
     * Returns the factors of a layer's elements, in row-major order: 0 where dropped, else 1/(1−p). An element is kept when its
     * uniform number is at least p.
     */
    float[] factors(String layer, long step, double probability, int elements) {
        CounterStream stream = CounterStream.of(VERSION + "/" + seed + "/" + step + "/" + layer);
        float scale = (float) (1 / (1 - probability));
        float[] factors = new float[elements];
        for (int i = 0; i < elements; i++) {
            factors[i] = stream.uniform(i) >= probability ? scale : 0;
        }
        return factors;
    }

    /** Returns the input with this step's elements dropped; it belongs to the input's manager. */
    NDArray drop(NDArray input, String layer, long step, double probability) {
        Shape shape = input.getShape();
        float[] factors = factors(layer, step, probability, Math.toIntExact(shape.size()));
        NDManager manager = input.getManager();
        NDArray mask = manager.create(FloatBuffer.wrap(factors), shape, DataType.FLOAT32);
        return input.mul(mask.toType(input.getDataType(), false));
    }
}
