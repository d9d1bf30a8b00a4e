package io.thetascope.gateway.planning;

import io.thetascope.contracts.run.InputShape;
import io.thetascope.contracts.run.RunSpec;
import io.thetascope.networks.NetworkDescription;
import io.thetascope.networks.Networks;

/**
 * What a network's runs take, from its description alone.
 *
 * @param parameters trainable ones
 * @param geometryDead those of them that never get a gradient
 * @param checkpointBytes of the tensors of one checkpoint
 */
record RunCost(long parameters, long geometryDead, long checkpointBytes) {
    private static final int EVIDENCE_BITS = 2; // a gradient was seen, the value changed

    static RunCost of(String network, InputShape input) {
        NetworkDescription description = Networks.named(network, input);
        return new RunCost(
                description.parameterCount(), description.geometryDeadCount(), description.checkpointBytes());
    }

    /** Returns the bytes of all checkpoints of a run, with its evidence where that is kept; the start has none. */
    long storedBytes(RunSpec run) {
        long evidence = run.evidence() ? (parameters * EVIDENCE_BITS + Byte.SIZE - 1) / Byte.SIZE : 0;
        long checkpoints = run.schedule().checkpointSteps().size();
        return checkpointBytes * checkpoints + evidence * (checkpoints - 1);
    }
}
