package io.thetascope.contracts.run;

import io.thetascope.contracts.identity.RunId;
import org.jspecify.annotations.Nullable;

/**
 * Where a generation-1 run starts: its parent's final checkpoint, perturbed or, for a twin, as it is.
 *
 * @param parent a finished generation-0 run
 * @param perturbation what is done to it; absent for a twin
 * @param twin which control it is; absent for a perturbed run
 */
public record Origin(
        RunId parent,
        @Nullable Perturbation perturbation,
        @Nullable Twin twin) {
    public Origin {
        if ((perturbation == null) == (twin == null)) {
            throw new IllegalArgumentException("a generation-1 run is either perturbed or a twin: " + parent);
        }
    }
}
