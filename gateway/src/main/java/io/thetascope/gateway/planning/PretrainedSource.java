package io.thetascope.gateway.planning;

import io.thetascope.contracts.identity.Digest;
import io.thetascope.contracts.run.RunSpec;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What pretrained weights are taken from, once it was looked up. */
public sealed interface PretrainedSource {
    /**
     * Uploaded weights.
     *
     * @param digest of a file that is in the object store
     * @param shapes of its tensors by name; absent where they were fitted to the network when they were uploaded
     */
    record Weights(Digest digest, @Nullable Map<String, List<Long>> shapes) implements PretrainedSource {
        public Weights {
            shapes = shapes == null ? null : Map.copyOf(shapes);
        }

        /** Weights that were uploaded for the network they are chosen for. */
        public Weights(Digest digest) {
            this(digest, null);
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
