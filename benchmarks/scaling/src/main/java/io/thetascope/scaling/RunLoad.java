package io.thetascope.scaling;

/**
 * What one run asks for.
 *
 * @param network that it trains
 * @param seconds of training
 * @param facts of its own: started, epochs, checkpoints; the end is counted apart
 * @param analyses that it causes, those that compare it with others included
 * @param analysisSeconds of one of them
 */
record RunLoad(String network, double seconds, int facts, int analyses, double analysisSeconds) {
    RunLoad {
        if (!(seconds > 0) || !(analysisSeconds >= 0) || facts < 1 || analyses < 0) {
            throw new IllegalArgumentException("seconds and facts must be > 0, the others >= 0: " + seconds + ", "
                    + facts + ", " + analyses + ", " + analysisSeconds);
        }
    }
}
