package io.thetascope.scaling;

import java.util.List;

/**
 * Base runs in the order in which they are queued, each with as many retrainings that cost the same.
 *
 * @param bases of generation 0
 * @param children of each: perturbed runs and twins
 */
record StudyLoad(List<RunLoad> bases, int children) {
    StudyLoad {
        bases = List.copyOf(bases);
        if (children < 0) {
            throw new IllegalArgumentException("children must be >= 0: " + children);
        }
    }

    long runs() {
        return (long) bases.size() * (1 + children);
    }
}
