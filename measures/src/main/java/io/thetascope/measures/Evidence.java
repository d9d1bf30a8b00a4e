package io.thetascope.measures;

import io.thetascope.networks.Parameter;

/** The two bits a parameter that a trainer keeps up to a step, read in pieces as {@link Weights} are. */
@FunctionalInterface
public interface Evidence {
    /** What a bit says. */
    enum Bit {
        /** The gradient of an update, decay included, was not 0. */
        GRADIENT_SEEN,
        /** An update changed the value. */
        VALUE_CHANGED
    }

    /**
     * Reads the bits of a range of a parameter: that of its i-th element is bit i mod 8 of byte ⌊i/8⌋.
     *
     * @param parameter which one
     * @param bit which of the two
     * @param from index of the first element that is wanted, a multiple of 8
     * @param into receives the bits, from index 0
     * @param count of elements
     */
    void read(Parameter parameter, Bit bit, long from, byte[] into, int count);
}
