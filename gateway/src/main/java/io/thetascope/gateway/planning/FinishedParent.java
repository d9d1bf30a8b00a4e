package io.thetascope.gateway.planning;

import io.thetascope.contracts.run.RunSpec;

/**
 * A finished run that a study perturbs instead of training a grid.
 *
 * @param spec of generation 0
 * @param seed that its user wrote, where it is known; else 0. A label
 */
public record FinishedParent(RunSpec spec, long seed) {
    public FinishedParent {
        if (spec.generation() != 0) {
            throw new IllegalArgumentException("only generation-0 runs are perturbed: " + spec.id());
        }
    }
}
