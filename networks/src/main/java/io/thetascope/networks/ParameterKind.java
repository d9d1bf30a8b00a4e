package io.thetascope.networks;

/** What a parameter does in its layer; the kinds that measures and perturbation scopes tell apart. */
public enum ParameterKind {
    /** Kernel of a convolution ({@code [out, in, k, k]}) or matrix of a linear layer ({@code [out, in]}). */
    WEIGHT,
    /** What a convolution or linear layer adds to each output. */
    BIAS,
    /** γ of a BatchNorm, one a channel. */
    NORM_WEIGHT,
    /** β of a BatchNorm, one a channel. */
    NORM_BIAS;

    /** The last part of the parameter's name: {@code weight} or {@code bias}. */
    public String suffix() {
        return this == WEIGHT || this == NORM_WEIGHT ? "weight" : "bias";
    }
}
