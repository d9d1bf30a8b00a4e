package io.thetascope.measures;

import io.thetascope.networks.Parameter;

/** The parameters of one checkpoint, read in pieces so that memory does not grow with the model. */
@FunctionalInterface
public interface Weights {
    /**
     * Reads a range of a parameter.
     *
     * @param parameter which one
     * @param from index of its first element that is wanted, row-major
     * @param into receives the values, from index 0
     * @param count how many
     */
    void read(Parameter parameter, long from, float[] into, int count);
}
