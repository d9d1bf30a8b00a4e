package io.thetascope.scaling;

/**
 * What came out.
 *
 * @param runs trained
 * @param analyses measured
 * @param seconds until everything was trained, measured and in the read model
 * @param trainedSeconds until the last run ended
 * @param idleShare share of the time of all trainers, until the last run ended, in which they had no run
 * @param stalledShare share of that time in which jobs waited that the window kept back
 * @param meanWaitSeconds of a job in the queue
 * @param longestWaitSeconds of a job in the queue
 * @param mostQueued jobs in the queue of trainers
 * @param mostAnalyses jobs in the queue of analyzers
 * @param factLagSeconds longest time between a fact and its place in the read model
 */
record Figures(
        long runs,
        long analyses,
        double seconds,
        double trainedSeconds,
        double idleShare,
        double stalledShare,
        double meanWaitSeconds,
        double longestWaitSeconds,
        long mostQueued,
        long mostAnalyses,
        double factLagSeconds) {}
