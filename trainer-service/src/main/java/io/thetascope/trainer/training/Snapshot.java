package io.thetascope.trainer.training;

import ai.djl.ndarray.NDArray;
import io.thetascope.contracts.identity.Step;
import io.thetascope.trainer.network.NetworkState;
import io.thetascope.trainer.optimizer.Evidence;
import java.util.Map;
import java.util.Optional;

/**
 * Everything from which a training goes on as if it had never stopped: a view of what it works with, so it is written before the
 * training goes on, or overwritten before it starts.
 *
 * @param position where it is
 * @param step optimizer steps done there
 * @param state weights and running statistics
 * @param optimizer buffers by name, each as long as the weights
 * @param evidence where it is kept
 * @param figures of the epoch under way
 */
public record Snapshot(
        Position position,
        Step step,
        NetworkState state,
        Map<String, NDArray> optimizer,
        Optional<Evidence> evidence,
        BatchFigures figures) {
    public Snapshot {
        optimizer = Map.copyOf(optimizer);
    }
}
