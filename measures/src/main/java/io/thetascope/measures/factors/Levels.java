package io.thetascope.measures.factors;

import java.util.List;

/** The levels that a factor takes. */
final class Levels {
    private Levels() {}

    /** Returns them in the order of their first appearance. */
    static List<String> of(List<Observation> observations, int factor) {
        return observations.stream().map(o -> o.levels().get(factor)).distinct().toList();
    }
}
