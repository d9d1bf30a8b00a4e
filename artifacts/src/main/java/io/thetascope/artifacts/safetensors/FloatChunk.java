package io.thetascope.artifacts.safetensors;

/** Takes a tensor piece by piece. */
@FunctionalInterface
public interface FloatChunk {
    /**
     * Takes the next piece.
     *
     * @param from index of the first value in the tensor
     * @param values of which the first {@code count} are valid until the call returns
     * @param count how many
     */
    void accept(long from, float[] values, int count);
}
