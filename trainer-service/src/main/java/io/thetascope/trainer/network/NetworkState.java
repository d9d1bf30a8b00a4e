package io.thetascope.trainer.network;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.thetascope.networks.NetworkDescription;

/**
 * Everything of a network that a checkpoint holds.
 *
 * <p>Owns its native memory; the caller closes it.
 *
 * @param network whose state it is
 * @param weights trained
 * @param statistics kept while training
 */
public record NetworkState(NetworkDescription network, FlatWeights weights, RunningStatistics statistics)
        implements AutoCloseable {
    /** Allocates the state of a network: weights 0, buffers as before training. */
    public static NetworkState of(NDManager parent, NetworkDescription network, DataType type) {
        return new NetworkState(
                network,
                new FlatWeights(parent, network.parameters(), type),
                new RunningStatistics(parent, network.buffers(), type));
    }

    @Override
    public void close() {
        weights.close();
        statistics.close();
    }
}
