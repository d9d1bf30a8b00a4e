package io.thetascope.contracts.study;

import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.run.RunSpec;

/**
 * A run that a study wants.
 *
 * @param runId computed from the spec
 * @param role in this study
 * @param seed the seed that the user wrote, for base runs and what descends from them; a label
 * @param spec fully resolved
 */
public record PlannedRun(RunId runId, RunRole role, long seed, RunSpec spec) {}
