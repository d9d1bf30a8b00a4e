package io.thetascope.contracts.analysis;

import io.thetascope.contracts.identity.Digest;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.identity.Step;

/**
 * A checkpoint that was read.
 *
 * @param name as in the request
 * @param runId whose checkpoint
 * @param step which one
 * @param sha256 of the bytes that were read
 */
public record InputRead(String name, RunId runId, Step step, Digest sha256) {}
