package io.thetascope.gateway.planning;

import io.thetascope.contracts.identity.Digest;
import io.thetascope.contracts.run.RunSpec;
import java.util.List;
import java.util.Map;

/** What pretrained weights are taken from, once it was looked up. */
public sealed interface PretrainedSource {
    /**
     * Uploaded weights.
     *
     * @param digest of a file that is in the object store
     * @param shapes of its tensors by name
     */
    record Weights(Digest digest, Map<String, List<Long>> shapes) implements PretrainedSource {
        public Weights {
            shapes = Map.copyOf(shapes);
        }
    }

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
