package io.thetascope.contracts.study;

/**
 * When a study's runs keep their weights, besides the start and the end.
 *
 * @param everyEpochs after each so many epochs
 * @param logSpaced also at steps 1, 2, 4 … of the first epoch
 */
public record CheckpointSettings(Integer everyEpochs, Boolean logSpaced) {
    static final CheckpointSettings DEFAULT = new CheckpointSettings(5, false);

    public CheckpointSettings {
        everyEpochs = everyEpochs == null ? 5 : everyEpochs;
        logSpaced = logSpaced != null && logSpaced;
    }
}
