package io.thetascope.gateway.report;

import io.thetascope.contracts.identity.Digest;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.run.Initialization;
import io.thetascope.contracts.run.RunSpec;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Weights that runs of a network start from: those of a file, or those at the end of a run.
 *
 * @param network whose runs start there
 * @param weights digest of the file; absent where it is a run
 * @param donorRunId the run; absent where it is a file
 */
public record PretrainedStart(
        String network, @Nullable Digest weights, @Nullable RunId donorRunId) {
    static Optional<PretrainedStart> of(RunSpec run) {
        Initialization start = run.initialization();
        return start.kind().equals(Initialization.PRETRAINED)
                ? Optional.of(new PretrainedStart(run.network(), start.weights(), start.donor()))
                : Optional.empty();
    }

    /** Says it to a reader. */
    public String words() {
        return network + " from " + (weights == null ? "the end of run " + donorRunId : "the weights file " + weights);
    }
}
