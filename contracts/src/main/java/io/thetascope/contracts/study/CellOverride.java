package io.thetascope.contracts.study;

import java.util.Map;

/**
 * Settings for the cells of a grid that match.
 *
 * @param match factor → value: network, dataset, initialization, optimizer
 * @param set setting → value: learningRate, momentum, warmupEpochs, weightDecay, batch, epochs
 */
public record CellOverride(Map<String, String> match, Map<String, Double> set) {
    public CellOverride {
        match = match == null ? Map.of() : Map.copyOf(match);
        set = set == null ? Map.of() : Map.copyOf(set);
    }
}
