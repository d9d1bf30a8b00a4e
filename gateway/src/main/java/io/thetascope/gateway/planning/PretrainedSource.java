package io.thetascope.gateway.planning;

import io.thetascope.contracts.identity.Digest;
import io.thetascope.contracts.run.RunSpec;

/** What pretrained weights are taken from, once it was looked up. */
public sealed interface PretrainedSource {
    /**
     * Uploaded weights.
     *
     * @param digest of a file that is in the object store
     */
    record Weights(Digest digest) implements PretrainedSource {}

    /**
     * The end of a run.
     *
     * @param donor finished, of generation 0
     */
    record FinishedRun(RunSpec donor) implements PretrainedSource {
        public FinishedRun {
            if (donor.generation() != 0) {
                throw new IllegalArgumentException("only generation-0 runs give their weights: " + donor.id());
            }
        }
    }
}
