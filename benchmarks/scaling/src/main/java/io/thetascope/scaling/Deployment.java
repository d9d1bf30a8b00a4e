package io.thetascope.scaling;

/**
 * What a study meets.
 *
 * @param trainers processes
 * @param analyzers processes
 * @param groupSize members that a share group may have, {@code group.share.max.size}
 * @param window records from the first unacknowledged one on that a partition hands out, {@code
 *     group.share.partition.max.record.locks}
 * @param queuedBaseRuns of a study that wait in the queue at once
 * @param topUpSeconds between two looks of the gateway for room in the queue, besides those after every ended run
 * @param factSeconds that the read model takes for a fact of a run
 * @param endSeconds that it takes for the end of a run or of an analysis, which looks whether the study is complete
 */
record Deployment(
        int trainers,
        int analyzers,
        int groupSize,
        int window,
        int queuedBaseRuns,
        double topUpSeconds,
        double factSeconds,
        double endSeconds) {
    Deployment {
        if (Math.min(Math.min(trainers, analyzers), Math.min(groupSize, window)) < 1 || queuedBaseRuns < 1) {
            throw new IllegalArgumentException("every count must be >= 1: " + trainers + ", " + analyzers + ", "
                    + groupSize + ", " + window + ", " + queuedBaseRuns);
        }
    }

    int working(int processes) {
        return Math.min(processes, groupSize);
    }
}
