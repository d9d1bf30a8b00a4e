package io.thetascope.contracts.analysis;

import io.thetascope.contracts.identity.Digest;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.identity.Step;

/**
 * A file of a run that was read: a checkpoint, or the evidence beside one.
 *
 * @param name as in the request; {@link #EVIDENCE} for evidence, which no request names
 * @param runId whose checkpoint
 * @param step of which checkpoint
 * @param sha256 of the bytes that were read
 */
public record InputRead(String name, RunId runId, Step step, Digest sha256) {
    /** The name of the evidence of the checkpoint that a movement leads to. */
    public static final String EVIDENCE = "evidence";
}
