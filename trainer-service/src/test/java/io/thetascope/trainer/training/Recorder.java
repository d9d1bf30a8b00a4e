package io.thetascope.trainer.training;

import io.thetascope.contracts.identity.Step;
import io.thetascope.contracts.run.EpochFigures;
import io.thetascope.networks.Parameter;
import io.thetascope.trainer.network.FlatWeights;
import io.thetascope.trainer.network.NetworkState;
import io.thetascope.trainer.optimizer.Evidence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Remembers what a training yielded. */
final class Recorder implements TrainingObserver {
    final List<Step> steps = new ArrayList<>();
    final List<Integer> weightHashes = new ArrayList<>();
    final List<EpochFigures> epochs = new ArrayList<>();

    @Override
    public void checkpoint(Step step, int epoch, NetworkState state, Optional<Evidence> evidence) {
        steps.add(step);
        FlatWeights weights = state.weights();
        int hash = 0;
        for (int i = 0; i < weights.parameters().size(); i++) {
            Parameter parameter = weights.parameters().get(i);
            hash = 31 * hash + Arrays.hashCode(weights.read(i, 0, Math.toIntExact(parameter.size())));
        }
        weightHashes.add(hash);
    }

    @Override
    public void epoch(EpochFigures figures, OptionalDouble imagesPerSecond) {
        epochs.add(figures);
    }

    @Override
    public void between(Snapshot snapshot) {
        // looks at what is kept only
    }
}
