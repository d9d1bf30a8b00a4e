package io.thetascope.measures.laziness;

/** Counts the ReLU gates that are open at one end of a training and closed at the other. */
@SuppressWarnings("DoNotCallSuggester")
public final class GateCounts {
    /**
     * Adds the outputs of a ReLU for the same images at both ends.
     *
     * @param layer name of the ReLU; layers are reported in the order in which they are first added
     * @param start outputs at the start, from index 0
     * @param end outputs at the end, from index 0
     * @param count how many values of each
     */
    public void add(String layer, float[] start, float[] end, int count) {
        throw new UnsupportedOperationException("in the making");
    }
}
