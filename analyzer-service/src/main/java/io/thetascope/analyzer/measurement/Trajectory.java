package io.thetascope.analyzer.measurement;

import io.thetascope.analyzer.features.StoredFeatures;
import io.thetascope.contracts.identity.Step;
import io.thetascope.measures.order.LearningOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The features of one run at all its checkpoints, in files. Caller closes it. */
final class Trajectory implements LearningOrder.Snapshots, AutoCloseable {
    private final Map<Step, StoredFeatures> byStep = new LinkedHashMap<>();

    /** Adds a checkpoint; its file is closed with the trajectory. */
    void add(Step step, StoredFeatures features) {
        byStep.put(step, features);
    }

    private StoredFeatures at(Step step) {
        StoredFeatures found = byStep.get(step);
        if (found == null) {
            throw new IllegalArgumentException("no features at step " + step + ": " + byStep.keySet());
        }
        return found;
    }

    @Override
    public int images() {
        return byStep.values().iterator().next().images();
    }

    @Override
    public float[] blockNP(String block, Step step) {
        return at(step).blockNP(block);
    }

    @Override
    public List<@Nullable Double> recall(Step step) {
        return at(step).recall();
    }

    @Override
    public void close() {
        byStep.values().forEach(StoredFeatures::close);
    }
}
