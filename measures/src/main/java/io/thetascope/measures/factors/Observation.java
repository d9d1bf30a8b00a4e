package io.thetascope.measures.factors;

import java.util.List;

/**
 * One run, as a factor analysis sees it.
 *
 * @param levels of the factors, in their order
 * @param value of the measure, finite
 * @param gateMet whether the run trained well enough to be discussed
 */
public record Observation(List<String> levels, double value, boolean gateMet) {
    public Observation {
        levels = List.copyOf(levels);
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("the value of a run must be finite: " + value + " of " + levels);
        }
    }

    /** Returns the cell in words, like {@code lenet, sgd}. */
    String cell() {
        return String.join(", ", levels);
    }
}
