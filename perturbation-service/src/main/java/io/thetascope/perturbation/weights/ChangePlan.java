package io.thetascope.perturbation.weights;

import io.thetascope.artifacts.safetensors.SafetensorsFile;

/** What is done to a parent's weights, as far as it is known before they are read. */
public sealed interface ChangePlan permits WeightChange, GaussianPlan {
    /**
     * Returns what is done to the weights of a file; some kinds measure them first.
     *
     * @param parent holds the network's tensors
     */
    WeightChange on(SafetensorsFile parent);
}
