package io.thetascope.contracts.run;

import io.thetascope.contracts.identity.Step;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The weights of a run at a step.
 *
 * @param step optimizer steps done
 * @param epoch in which the step lies; 0 at the start
 * @param artifact the safetensors file
 * @param evidence two bits a parameter up to this step (MEASURES §2); absent at the start and where a run keeps none
 */
public record StoredCheckpoint(
        Step step,
        int epoch,
        ArtifactRef artifact,
        @Nullable ArtifactRef evidence) {
    /** A checkpoint without evidence. */
    public StoredCheckpoint(Step step, int epoch, ArtifactRef artifact) {
        this(step, epoch, artifact, null);
    }

    /** Returns every object of this checkpoint. */
    public Stream<ArtifactRef> artifacts() {
        return evidence == null ? Stream.of(artifact) : Stream.of(artifact, evidence);
    }
}
