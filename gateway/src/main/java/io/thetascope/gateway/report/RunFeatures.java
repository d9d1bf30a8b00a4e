package io.thetascope.gateway.report;

import io.thetascope.contracts.analysis.FeaturesResult;
import io.thetascope.contracts.identity.Step;
import java.util.List;
import java.util.Optional;

/**
 * The penultimate features of one run (MEASURES §3).
 *
 * @param items ascending by step; a step that could not be measured is missing
 */
public record RunFeatures(List<FeaturesResult> items) {
    public RunFeatures {
        items = List.copyOf(items);
    }

    /** Returns the features at a step, if they were measured. */
    public Optional<FeaturesResult> at(Step step) {
        return items.stream().filter(item -> item.step().equals(step)).findFirst();
    }
}
