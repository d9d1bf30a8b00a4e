package io.thetascope.trainer.training;

import ai.djl.ndarray.NDManager;
import io.thetascope.contracts.identity.Step;
import io.thetascope.contracts.run.EpochFigures;
import io.thetascope.contracts.run.Figures;
import io.thetascope.trainer.data.DeviceImages;
import io.thetascope.trainer.data.HostImages;
import io.thetascope.trainer.data.ImageSets;
import java.util.Optional;

/**
 * The images of a training on the device, and how they are evaluated. Their memory belongs to the training.
 *
 * @param train trained on
 * @param test never trained on
 * @param validation held back from the training set, where that was asked for
 * @param evaluation of the weights as they are
 */
record TrainingSets(DeviceImages train, DeviceImages test, Optional<DeviceImages> validation, Evaluation evaluation) {
    static TrainingSets of(NDManager owner, TrainingPlan plan, ImageSets images, Evaluation evaluation) {
        return new TrainingSets(
                onDevice(owner, plan, images.train()),
                onDevice(owner, plan, images.test()),
                images.validation().map(held -> onDevice(owner, plan, held)),
                evaluation);
    }

    private static DeviceImages onDevice(NDManager owner, TrainingPlan plan, HostImages images) {
        return new DeviceImages(
                owner, images, plan.normalization(), plan.network().input(), plan.type());
    }

    /** Evaluates the training set; empty when the signal was raised. */
    Optional<Figures> evaluateTrain(StopSignal stop) {
        return evaluation.of(train, stop);
    }

    /** Evaluates what an epoch is judged by; empty when the signal was raised. */
    Optional<EpochFigures> evaluate(int epoch, Step step, Figures trained, StopSignal stop) {
        Optional<Figures> tested = evaluation.of(test, stop);
        Optional<Figures> validated = validation.flatMap(held -> evaluation.of(held, stop));
        return tested.isEmpty() || validated.isPresent() != validation.isPresent()
                ? Optional.empty()
                : Optional.of(new EpochFigures(epoch, step, trained, tested.get(), validated.orElse(null)));
    }
}
