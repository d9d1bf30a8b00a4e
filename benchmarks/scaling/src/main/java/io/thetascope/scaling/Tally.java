package io.thetascope.scaling;

/** Adds up what a simulation passes through. */
final class Tally {
    private long runs;
    private long analyses;
    private double end;
    private double trainedAt;
    private double busySeconds;
    private double stalledSeconds;
    private double waits;
    private long waited;
    private double longestWait;
    private long mostQueued;
    private long mostAnalyses;
    private double longestLag;

    void pass(double seconds, boolean training, int busyTrainers, boolean stalled) {
        if (training) {
            busySeconds += seconds * busyTrainers;
            stalledSeconds += stalled ? seconds : 0;
        }
    }

    void waited(double seconds) {
        waits += seconds;
        waited++;
        longestWait = Math.max(longestWait, seconds);
    }

    void queued(long jobs) {
        mostQueued = Math.max(mostQueued, jobs);
    }

    void analyses(long jobs) {
        mostAnalyses = Math.max(mostAnalyses, jobs);
    }

    void trained(double now) {
        runs++;
        trainedAt = now;
    }

    void analysed() {
        analyses++;
    }

    void lag(double seconds) {
        longestLag = Math.max(longestLag, seconds);
    }

    void end(double now) {
        end = now;
    }

    Figures figures(int trainers) {
        return new Figures(
                runs,
                analyses,
                end,
                trainedAt,
                1 - busySeconds / (trainedAt * trainers),
                stalledSeconds / trainedAt,
                waits / waited,
                longestWait,
                mostQueued,
                mostAnalyses,
                longestLag);
    }
}
