package io.thetascope.trainer.training;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import io.thetascope.trainer.data.DeviceImages.Batch;
import io.thetascope.trainer.network.FlatWeights;
import io.thetascope.trainer.network.ForwardPass;
import io.thetascope.trainer.network.Pass;
import io.thetascope.trainer.optimizer.FlatUpdate;
import io.thetascope.trainer.optimizer.LearningRate;
import java.util.List;

/**
 * One optimizer step.
 *
 * @param forward pass of the network
 * @param weights updated in place
 * @param update of the weights from their gradients
 * @param learningRate by step
 */
record TrainingStep(ForwardPass forward, FlatWeights weights, FlatUpdate update, LearningRate learningRate) {

    /** Takes step number {@code step}, counted from 1; its figures are those before the update. */
    void take(NDManager scope, long step, Batch batch, BatchFigures figures) {
        // fresh leaves: their gradients start undefined, so there is nothing to set to zero and nothing to add to
        List<NDArray> leaves = weights.leaves(scope);
        NDArray logitsBC;
        NDArray loss;
        try (GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
            logitsBC = forward.logits(batch.imagesBCHW(), leaves, Pass.training(step));
            loss = CrossEntropy.mean(logitsBC, batch.labelsB1());
            gradients.backward(loss);
        }
        figures.record(batch, logitsBC.stopGradient(), loss.stopGradient());
        update.apply(leaves.stream().map(NDArray::getGradient).toList(), step, learningRate.at(step));
    }
}
