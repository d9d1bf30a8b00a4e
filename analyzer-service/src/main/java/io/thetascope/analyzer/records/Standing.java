package io.thetascope.analyzer.records;

import java.util.Map;

/** Whether an analysis can be measured now. */
public sealed interface Standing {
    /**
     * Everything that it reads is there.
     *
     * @param inputs by their names in the request, and the evidence of a movement where there is such
     */
    record Ready(Map<String, Whereabouts.Stored> inputs) implements Standing {
        public Ready {
            inputs = Map.copyOf(inputs);
        }
    }

    /**
     * Something is missing that may come.
     *
     * @param reason in words
     */
    record Waiting(String reason) implements Standing {}

    /**
     * Something is missing that will not come.
     *
     * @param reason in words
     */
    record Impossible(String reason) implements Standing {}
}
