package io.thetascope.contracts.run;

/**
 * When checkpoints are kept besides step 0 and the end.
 *
 * @param everyEpochs after each so many epochs, at least 1
 * @param logSpaced also at steps 1, 2, 4 … of the first epoch
 */
public record CheckpointSchedule(int everyEpochs, boolean logSpaced) {
    public CheckpointSchedule {
        if (everyEpochs < 1) {
            throw new IllegalArgumentException("checkpoints.everyEpochs must be >= 1: " + everyEpochs);
        }
    }
}
