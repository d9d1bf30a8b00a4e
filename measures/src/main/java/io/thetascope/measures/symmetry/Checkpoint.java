package io.thetascope.measures.symmetry;

import io.thetascope.measures.Weights;

/**
 * What a model consists of.
 *
 * @param weights its parameters
 * @param buffers the running statistics of its BatchNorms
 */
public record Checkpoint(Weights weights, NormBuffers buffers) {}
