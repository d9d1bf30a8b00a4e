package io.thetascope.contracts.run;

import io.thetascope.contracts.identity.Step;

/**
 * The weights of a run at a step.
 *
 * @param step optimizer steps done
 * @param epoch in which the step lies; 0 at the start
 * @param artifact the safetensors file
 */
public record StoredCheckpoint(Step step, int epoch, ArtifactRef artifact) {}
