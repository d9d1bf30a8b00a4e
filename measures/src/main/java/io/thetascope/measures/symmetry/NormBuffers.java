package io.thetascope.measures.symmetry;

import io.thetascope.networks.Buffer;

/** The running means and variances of one checkpoint; each is as long as its BatchNorm is wide. */
@FunctionalInterface
public interface NormBuffers {
    /** Returns the values of a buffer of floats; the caller's own. */
    float[] read(Buffer buffer);
}
