package io.thetascope.gateway.planning;

import io.thetascope.contracts.run.OptimizerSpec;
import io.thetascope.contracts.study.CellOverride;
import io.thetascope.contracts.study.StudySpec;
import java.util.Map;

/** What the overrides make of a cell's recipe; a later override wins. */
record CellSettings(OptimizerSpec optimizer, int batch, int epochs) {
    static CellSettings of(StudySpec study, Cell cell) {
        CellSettings settings = new CellSettings(
                Recipe.of(cell.network(), cell.optimizer(), study.train().weightDecay()),
                study.train().batch(),
                study.epochs());
        for (CellOverride override : study.overrides()) {
            if (cell.matches(override.match())) {
                settings = settings.with(override.set());
            }
        }
        return settings;
    }

    private CellSettings with(Map<String, Double> set) {
        OptimizerSpec changed = new OptimizerSpec(
                optimizer.kind(),
                set.getOrDefault("learningRate", optimizer.learningRate()),
                optimizer.momentum() == null ? null : set.getOrDefault("momentum", optimizer.momentum()),
                optimizer.beta1(),
                optimizer.beta2(),
                optimizer.epsilon(),
                set.getOrDefault("weightDecay", optimizer.weightDecay()),
                set.getOrDefault("warmupEpochs", (double) optimizer.warmupEpochs())
                        .intValue());
        return new CellSettings(
                changed,
                set.getOrDefault("batch", (double) batch).intValue(),
                set.getOrDefault("epochs", (double) epochs).intValue());
    }
}
