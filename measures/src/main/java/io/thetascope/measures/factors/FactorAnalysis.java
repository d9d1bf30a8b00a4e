package io.thetascope.measures.factors;

import java.util.List;

/** How a factor analysis ends. */
public sealed interface FactorAnalysis permits FactorAnalysis.Analysed, FactorAnalysis.Refused {
    /**
     * The design carries it.
     *
     * @param n runs
     * @param effects of the factors that vary in their order, then of their pairs
     * @param residual what they leave
     * @param omitted interactions that are not in the model, and why; empty where all pairs are
     */
    record Analysed(int n, List<Effect> effects, Residual residual, List<String> omitted) implements FactorAnalysis {
        public Analysed {
            effects = List.copyOf(effects);
            omitted = List.copyOf(omitted);
        }
    }

    /**
     * The design does not carry it.
     *
     * @param n runs
     * @param reason what is missing, and what would help
     */
    record Refused(int n, String reason) implements FactorAnalysis {}
}
