package io.thetascope.perturbation.weights;

import io.thetascope.contracts.identity.RunId;
import io.thetascope.networks.CounterStream;
import io.thetascope.networks.Parameter;

/**
 * The random numbers of one perturbation of one parent: a stream for every parameter, read by the element's number in PyTorch's
 * order, so that neither the scope nor the order of reading decides what is drawn.
 *
 * @param kind of perturbation
 * @param seed of the perturbation
 * @param parent whose weights are perturbed; equal perturbations of two parents draw differently
 */
record Draws(String kind, long seed, RunId parent) {
    private static final String NAME = "thetascope/perturbation/v1/"; // another generator would get another name

    CounterStream of(Parameter parameter) {
        return CounterStream.of(NAME + kind + "/" + seed + "/" + parent + "/" + parameter.name());
    }

    /** Whether the sign of an element is +1; else it is −1. Both are equally likely. */
    static boolean isPlus(CounterStream stream, long index) {
        return stream.bits(index) >= 0;
    }
}
