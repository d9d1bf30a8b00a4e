package io.thetascope.contracts.run;

import io.thetascope.contracts.identity.Step;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * The steps of a run: known before it is trained, so that analyses can be planned.
 *
 * <p>The last partial batch of an epoch is kept; a remainder of one image joins the batch before, since BatchNorm
 * cannot normalise over one.
 *
 * @param images trained on per epoch
 * @param batch images a step
 * @param epochs of training
 * @param checkpoints when weights are kept besides step 0 and the end
 */
public record TrainingSchedule(int images, int batch, int epochs, CheckpointSchedule checkpoints) {
    public TrainingSchedule {
        if (images < 1 || batch < 1 || epochs < 1) {
            throw new IllegalArgumentException(
                    "images, batch and epochs must be >= 1: " + images + ", " + batch + ", " + epochs);
        }
    }

    /** Returns the number of optimizer steps in every epoch. */
    public int stepsPerEpoch() {
        int full = images / batch;
        int rest = images % batch;
        boolean joined = rest == 0 || (rest == 1 && full > 0);
        return joined ? full : full + 1;
    }

    /** Returns the first image of a batch, counted within the epoch's order; batches count from 0. */
    public int batchStart(int batchIndex) {
        return batchIndex * batch;
    }

    /** Returns one past the last image of a batch, counted within the epoch's order. */
    public int batchEnd(int batchIndex) {
        return batchIndex == stepsPerEpoch() - 1 ? images : (batchIndex + 1) * batch;
    }

    /** Returns how many images each batch of an epoch has. */
    public int[] batchSizes() {
        return IntStream.range(0, stepsPerEpoch())
                .map(batch -> batchEnd(batch) - batchStart(batch))
                .toArray();
    }

    /** Returns the last step of the run. */
    public Step lastStep() {
        return new Step((long) stepsPerEpoch() * epochs);
    }

    /** Returns the epoch in which a step lies: 0 for the start, else from 1. */
    public int epochOf(Step step) {
        return Math.toIntExact((step.value() + stepsPerEpoch() - 1) / stepsPerEpoch());
    }

    /** Returns the steps whose weights are kept, ascending, step 0 and the last included. */
    public List<Step> checkpointSteps() {
        TreeSet<Step> steps = new TreeSet<>(List.of(Step.START, lastStep()));
        for (int epoch = checkpoints.everyEpochs(); epoch <= epochs; epoch += checkpoints.everyEpochs()) {
            steps.add(new Step((long) epoch * stepsPerEpoch()));
        }
        if (checkpoints.logSpaced()) {
            for (long step = 1; step < stepsPerEpoch(); step *= 2) {
                steps.add(new Step(step));
            }
        }
        return List.copyOf(steps);
    }
}
