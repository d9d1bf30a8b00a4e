package io.thetascope.trainer.training;

import ai.djl.ndarray.types.DataType;
import io.thetascope.contracts.run.RunSpec;
import io.thetascope.contracts.run.TrainingSchedule;
import io.thetascope.networks.NetworkDescription;
import io.thetascope.networks.Networks;
import io.thetascope.networks.input.Normalization;
import io.thetascope.trainer.data.DataOrder;
import io.thetascope.trainer.network.DropoutMasks;
import io.thetascope.trainer.optimizer.LearningRate;
import io.thetascope.trainer.optimizer.Optimizer;
import io.thetascope.trainer.optimizer.Optimizers;

/**
 * Everything that decides a training but the images and the starting point.
 *
 * @param network that is trained
 * @param normalization of the images
 * @param schedule of steps and checkpoints
 * @param order of the images
 * @param optimizer fresh
 * @param learningRate by step
 * @param dropout which elements are dropped
 * @param evidence whether two bits a parameter are kept
 * @param type of the numbers: single precision, or double for comparisons with an oracle
 */
public record TrainingPlan(
        NetworkDescription network,
        Normalization normalization,
        TrainingSchedule schedule,
        DataOrder order,
        Optimizer optimizer,
        LearningRate learningRate,
        DropoutMasks dropout,
        boolean evidence,
        DataType type) {
    public TrainingPlan {
        if (type != DataType.FLOAT32 && type != DataType.FLOAT64) {
            throw new IllegalArgumentException("training is in single or double precision: " + type);
        }
    }

    /**
     * Returns the plan of a run.
     *
     * @throws IllegalArgumentException when the spec names what this trainer does not know
     */
    public static TrainingPlan of(RunSpec spec) {
        TrainingSchedule schedule = spec.schedule();
        long warmupSteps = (long) spec.optimizer().warmupEpochs() * schedule.stepsPerEpoch();
        return new TrainingPlan(
                Networks.named(spec.network(), spec.input()),
                Normalization.of(spec.dataset().name()),
                schedule,
                new DataOrder(spec.seeds().order(), schedule.images()),
                Optimizers.of(spec.optimizer()),
                LearningRate.warmedUp(spec.optimizer().learningRate(), warmupSteps),
                new DropoutMasks(spec.seeds().dropout()),
                spec.evidence(),
                DataType.FLOAT32);
    }
}
